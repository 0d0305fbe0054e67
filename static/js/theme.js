// Before the first paint: the colours the reader chose here before. Storage may be closed under file://.
try {
  const theme = localStorage.getItem("portolan-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  else if (theme === "auto") delete document.documentElement.dataset.theme;
} catch { /* the system's colours will do */ }
