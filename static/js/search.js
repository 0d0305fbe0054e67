// Search. The index is cut into files (src/search/shards.rs says how) that are loaded as scripts, so that a page opened
// from a disk can search; only those a query needs are loaded. The first part, `engine`, answers queries and knows
// nothing of the page; the second is what the reader sees.
const P = globalThis.P ?? { part: 0.5, eq: 1.2, st: 1, inc: 0.95, wb: 0.8, nb: 0.5, sp: 0.9, cov: 0.15, full: 0.6, len: 0.25, covExp: 2, text: 0.15, head: 1.2, title: 2, page: 0.7, pow: 3, stem: 0.5 };
const portolanEngine = (base) => {
  const LOWEST = 0.06, STEP = 1.3, ENDS = 38, MARKS = 69, LONGEST = 40, MOST_PARTS = 6;
  const dense = /[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{323af}]/u;
  const letter = /[\p{Alphabetic}\p{N}]/u;

  // Files ---------------------------------------------------------------------------------------------------------
  const got = {}, asked = {};
  let version = "";
  window.portolanSearch = (kind, number, data) => { got[kind + number] = data; };
  const load = (name, file = name) => asked[name] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${base}${file}.js${version}`;
    script.onload = () => { script.remove(); name in got ? done(got[name]) : script.onerror(); };
    script.onerror = () => { delete asked[name]; failed(Error(file)); };
    document.head.append(script);
  });
  const numbers = (text, each) => {
    let n = 0, factor = 1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i), value = code - 35 - (code > 60) - (code > 92);
      if (value >= MARKS) { each(value - MARKS, true); continue; }
      n += factor * value;
      factor *= 31;
      if (value < ENDS) { each(n); n = 0; factor = 1; }
    }
  };
  const row = (text) => { const all = []; numbers(text, (n) => all.push(n)); return all; };
  const sums = (text) => { let sum = 0; return row(text).map((n) => sum += n); };
  // The last place of an ascending row whose value is not above `value`.
  const place = (all, value) => {
    let low = 0, high = all.length;
    while (low < high) { const mid = (low + high) >> 1; if (all[mid] <= value) low = mid + 1; else high = mid; }
    return Math.max(0, low - 1);
  };

  let dir, long;
  const readings = new Map(), others = new Map(), plainForm = new Map(), syllables = new Map();
  const spell = (text) => {
    for (const word of text.split(" ")) {
      const syllable = word.match(/^[a-z]*/)[0];
      for (const c of word.slice(syllable.length)) readings.set(c, syllable);
      if (syllable) syllables.set(syllable, syllables.get(syllable) ?? [[syllable]]);
    }
  };
  const pairs = (text) => { const all = [...text]; for (let i = 0; i < all.length; i += 2) plainForm.set(all[i], all[i + 1]); };
  const open = async () => {
    if (dir) return;
    const [hash, counts, texts, words, wordNumbers, postNumbers, backwards, spelt, more, old] = await load("d0", "index");
    version = "?" + hash;
    spell(spelt);
    pairs(old);
    for (const word of more.split(" ")) {
      const syllable = word.match(/^[a-z]*/)[0];
      if (!syllable) continue;
      const also = syllables.get(syllable) ?? [];
      for (const c of word.slice(syllable.length)) {
        others.set(c, [...others.get(c) ?? [], syllable]);
        also.push([readings.get(c), c]);
      }
      syllables.set(syllable, also);
    }
    const split = (text) => text ? text.split(" ") : [];
    const firsts = []; let sections = 0;
    for (const n of row(counts)) { firsts.push(sections); sections += n; }
    dir = {
      firsts, sections, texts: sums(texts), words: split(words).map(sortKey), wordNumbers: sums(wordNumbers),
      postNumbers: sums(postNumbers), backwards: split(backwards),
    };
  };
  const pageOf = (section) => place(dir.firsts, section);

  // Terms: the twin of src/search/fold.rs, token.rs and stem.rs; tests/search has what both must give ---------------
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\u4e00-\u9fff]/g, (c) => plainForm.get(c) ?? c);
  const fold = (text) => plain(text).toLowerCase();
  const tokens = (text, each) => {
    let before = "", paired = false, word = "", ends = [], joiner = false, case1 = 0, case2 = 0;
    const cut = (term) => [...term].slice(0, LONGEST).join("");
    const partEnds = (at) => { if (at > (ends.at(-1) ?? 0)) ends.push(at); };
    const endWord = () => {
      if (word) {
        partEnds(word.length);
        const several = ends.length > 1, whole = several && ends.length <= MOST_PARTS;
        if (whole) each(cut(word), /^\d+$/.test(word) ? "word" : "joined");
        if (!whole || !/^\d+$/.test(word)) ends.forEach((end, i) => each(cut(word.slice(ends[i - 1] ?? 0, end)), "word"));
      }
      word = ""; ends = []; joiner = false; case1 = case2 = 0;
    };
    const endDense = () => { if (before && !paired) each(before, "single"); before = ""; paired = false; };
    for (const c of plain(text)) {
      if (dense.test(c)) {
        endWord();
        if (before) each(before + c, "pair");
        paired = before !== "";
        before = c;
      } else if (letter.test(c)) {
        endDense();
        const now = /\p{Uppercase}/u.test(c) ? 1 : 2;
        if (joiner) { partEnds(word.length); joiner = false; case1 = case2 = 0; }
        if (case2 === 2 && now === 1) partEnds(word.length);
        else if (case1 === 1 && case2 === 1 && now === 2 && /\p{Alphabetic}/u.test(c)) partEnds(word.length - [...word].at(-1).length);
        case1 = case2; case2 = now;
        if (word.length < LONGEST * MOST_PARTS) word += c.toLowerCase();
      } else if (/[-_.]/.test(c) && word && !joiner) {
        joiner = true;
      } else { endWord(); endDense(); }
    }
    endWord(); endDense();
  };
  const withoutE = (word) => word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
  const stem = (word) => {
    if (!/^[a-z]{4,}$/.test(word)) return word;
    if (/..ies$/.test(word)) word = word.slice(0, -3) + "y";
    else if (/(ss|sh|ch|x|z)es$/.test(word)) word = word.slice(0, -2);
    else if (/[^sui]s$/.test(word)) word = word.slice(0, -1);
    const rest = word.replace(/(ing|ed)$/, "");
    if (rest === word || rest.length < 3 || !/[aeiouy]/.test(rest)) return withoutE(word);
    return /([^aeiouls])\1$/.test(rest) ? rest.slice(0, -1) : withoutE(rest);
  };
  const sortKey = (term) => {
    const all = [...term];
    if (all.length > 2 || !dense.test(all[0] ?? "")) return term;
    return `~${all.map((c) => (readings.get(c) ?? "") + " ").join("")}${term}`;
  };

  // Lists ---------------------------------------------------------------------------------------------------------
  const unpack = (text) => {
    let before = "";
    return text.split(/(?=[A-Z])/).map((piece) => before = before.slice(0, piece.charCodeAt(0) - 65) + piece.slice(1));
  };
  const parsed = new Map();
  const wordFile = async (kind, at) => {
    const name = kind + at;
    if (!parsed.has(name)) {
      const terms = unpack(await load(name));
      parsed.set(name, { terms, keys: kind === "w" ? terms.map(sortKey) : terms });
    }
    return parsed.get(name);
  };
  // The words from one key to another, of at most `most` files.
  const find = async (low, high, most = 3, kind = "w") => {
    const firsts = kind === "w" ? dir.words : dir.backwards, found = [];
    if (!firsts.length) return found;
    const from = place(firsts, low), to = Math.min(place(firsts, high), from + most - 1), files = [];
    for (let at = from; at <= to; at++) files.push(wordFile(kind, at));
    (await Promise.all(files)).forEach(({ terms, keys }, i) => {
      const first = dir.wordNumbers[from + i];
      for (let at = place(keys, low); at < keys.length && keys[at] <= high; at++) {
        if (keys[at] >= low) found.push({ term: terms[at], number: first + at });
      }
    });
    return found;
  };
  const starting = (text, most, kind) => find(text, text + "\uffff", most, kind);
  const postings = async (number) => {
    const at = place(dir.postNumbers, number), name = "p" + at;
    if (!parsed.has(name)) parsed.set(name, (await load(name)).split(" "));
    const file = parsed.get(name), list = [];
    let many = 0, section = 0, level = -1;
    numbers(file[number - dir.postNumbers[at]], (n, mark) => {
      if (mark) { level = n; section = 0; } else if (level < 0) many = n;
      else { section += n; list.push(section, LOWEST * STEP ** (level - 0.5)); }
    });
    return { list, rarity: Math.log(1 + dir.sections / (many || list.length / 2)) };
  };

  // A unit is a part of the query; what is found for it, by section: [score, how much of the unit is covered].
  const note = (docs, section, score, cover) => {
    const old = docs.get(section);
    if (!old) docs.set(section, [score, cover]);
    else if (old[0] * old[1] < score * cover) { old[0] = score; old[1] = cover; }
  };
  const gather = async (docs, words, most = 64) => {
    const best = words.sort((a, b) => b.worth - a.worth || a.term.length - b.term.length).slice(0, most);
    const lists = await Promise.all(best.map((w) => postings(w.number)));
    // A longer word that begins alike is no rarer than the word itself.
    let most_rare = Infinity;
    best.forEach((w, i) => { if (w.worth === 1) most_rare = Math.min(most_rare, lists[i].rarity); });
    lists.forEach(({ list, rarity }, i) => {
      const worth = best[i].worth * Math.min(rarity, most_rare);
      for (let at = 0; at < list.length; at += 2) note(docs, list[at], worth * list[at + 1], best[i].cover ?? 1);
    });
    return best;
  };
  // Edits between two words (neighbours exchanged count once), or more than `most`.
  const edits = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const now = [i];
      for (let j = 1; j <= b.length; j++) {
        now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
      }
      if (Math.min(...now) > most) return most + 1;
      before = last; last = now;
    }
    return last[b.length];
  };
  const misspelt = async (word) => {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    if (!most) return [];
    let near;
    if (!dir.backwards.length) near = await find("", "~", 99);
    else {
      const part = Math.max(2, Math.floor(word.length / (most + 1))), back = [...word].reverse().join("");
      const ends = (await starting(back.slice(0, part), 2, "r")).map(({ term }) => [...term].reverse().join(""))
        .filter((term) => edits(word, term, most) <= most).slice(0, 12);
      const exact = await Promise.all(ends.map((term) => find(term, term)));
      near = [...await starting(word.slice(0, part), 4), ...exact.flat()];
    }
    const root = stem(word);
    return near.flatMap((w) => {
      const far = w.term[0] === "!" ? 9 : Math.min(edits(word, w.term, most), edits(root, stem(w.term), most));
      return far <= most ? [{ ...w, worth: far < 2 ? 0.6 : 0.3 }] : [];
    });
  };
  // The ways to read letters as syllables; the last one may be unfinished.
  const spellings = (text, open) => {
    const ways = [];
    const go = (from, sofar) => {
      if (ways.length > 3 || sofar.length > 12) return;
      if (from === text.length) { ways.push(sofar); return; }
      for (let to = Math.min(text.length, from + 6); to > from; to--) {
        const piece = text.slice(from, to);
        if (syllables.has(piece)) go(to, [...sofar, { text: piece }]);
        else if (open && to === text.length && sofar.length && [...syllables.keys()].some((s) => s.startsWith(piece))) ways.push([...sofar, { text: piece, open }]);
      }
    };
    if (/^[a-z]{2,}$/.test(text)) go(0, []);
    return ways.sort((a, b) => a.length - b.length).slice(0, 3);
  };
  const canonical = (syllable) => syllable.open ? [[syllable.text]] : syllables.get(syllable.text) ?? [];
  const pinyin = async (text, open) => {
    const all = new Map(), used = [];
    for (const way of spellings(text, open)) {
      const units = [];
      if (way.length === 1) {
        const found = await Promise.all(canonical(way[0]).map(async ([r, c]) => (await find(`~${r} \u3000`, `~${r} \uffff`)).filter((w) => !c || w.term === c)));
        units.push(found.flat());
      }
      for (let i = 1; i < way.length; i++) {
        const found = [];
        for (const [r1, c1] of canonical(way[i - 1])) for (const [r2, c2] of canonical(way[i])) {
          const end = way[i].open ? "" : " ";
          for (const w of await starting(`~${r1} ${r2}${end}`)) {
            const [a, b] = w.term;
            if (b && (!c1 || a === c1) && (!c2 || b === c2)) found.push(w);
          }
        }
        units.push(found);
      }
      const parts = [];
      for (const words of units) {
        const docs = new Map();
        used.push(...await gather(docs, words.map((w) => ({ ...w, worth: 0.9 }))));
        parts.push({ docs, size: 1 });
      }
      for (const [section, [score, cover]] of together(parts)) note(all, section, score * cover ** 3, cover);
    }
    return { docs: all, used, size: Math.max(1, ...spellings(text, open).map((way) => way.length - 1)) };
  };
  // Units together: scores are added, and so is what they cover of the query.
  const together = (units) => {
    const all = new Map();
    const size = units.reduce((sum, u) => sum + u.size, 0);
    for (const { docs, size: part } of units) for (const [section, [score, cover]] of docs) {
      const old = all.get(section) ?? [0, 0];
      all.set(section, [old[0] + score, old[1] + cover * part / size]);
    }
    return all;
  };

  const wordUnit = async (word, isLast) => {
    const docs = new Map(), root = stem(word);
    const base = root.length > 2 ? root.replace(/y$/, "") : word;
    const range = await starting(word.startsWith(base) ? base : word);
    const words = range.flatMap((w) => {
      const worth = w.term === word ? 1 : stem(w.term) === root ? P.stem :
        isLast && word.length > 1 && w.term.startsWith(word) ? 0.3 + 0.4 * word.length / w.term.length : 0;
      return worth ? [{ ...w, worth }] : [];
    });
    const exact = words.some((w) => w.worth >= P.stem);
    let used = await gather(docs, words), size = 1;
    if (/^[a-z]{2,8}$/.test(word)) {
      const initials = await starting("!" + word, 1);
      await gather(docs, initials.map((w) => ({ ...w, worth: w.term === "!" + word ? 0.8 : 0.6 })), 24);
    }
    const spoken = await pinyin(word, isLast);
    if (spoken.docs.size) {
      for (const [section, [score, cover]] of spoken.docs) note(docs, section, score * (exact ? 0.4 : 1), cover * (exact ? 0.7 : 1));
      used = [...used, ...spoken.used];
      if (!words.length) size = spoken.size;
    }
    if (!words.length && ![...spoken.docs.values()].some(([, cover]) => cover > 0.99)) {
      used = [...used, ...await gather(docs, await misspelt(word), 24)];
    }
    return { docs, size, used };
  };
  const pairUnit = async (pair) => {
    const key = sortKey(pair), docs = new Map();
    const words = (await starting(key.slice(0, -pair.length))).map((w) => ({ ...w, worth: w.term === pair ? 1 : 0.35 }));
    return { docs, size: 1, used: await gather(docs, words, 12) };
  };
  const singleUnit = async (c) => {
    const docs = new Map(), key = sortKey(c);
    let words = (await find(key, key)).map((w) => ({ ...w, worth: 1 }));
    if (!words.length) words = (await starting(key.slice(0, -c.length))).filter((w) => w.term.startsWith(c)).map((w) => ({ ...w, worth: 0.8 }));
    return { docs, size: 1, used: await gather(docs, words, 24) };
  };

  // What bears the query's name -----------------------------------------------------------------------------------
  const squeeze = (text) => text.replace(/[^\p{Alphabetic}\p{N}]+/gu, "");
  const spoken = (text, other) => [...text].map((c) => (other && others.get(c)?.[0]) ?? readings.get(c) ?? c).join("");
  const initials = (text) => [...text].map((c) => (readings.get(c) ?? c)[0] ?? c).join("");
  const named = (text, q) => {
    const folded = fold(text), whole = squeeze(folded);
    if (!whole) return 0;
    const alike = (a, b) => a === b ? P.eq : a.startsWith(b) ? P.st : a.includes(b) ? P.inc : 0;
    let best = alike(whole, q.whole);
    if (best && best < P.eq && !q.hasDense) {
      const words = ` ${folded.replace(/[^\p{Alphabetic}\p{N}]+/gu, " ").trim()} `;
      if (!words.includes(` ${q.words} `)) best *= words.includes(` ${q.words}`) ? P.wb : P.nb;
    }
    if (best) return best;
    best = Math.max(alike(spoken(whole), q.spoken), alike(spoken(whole, true), q.spoken)) * P.sp;
    if (best) return best;
    const said = spoken(whole);
    const covered = q.terms.filter((t) => whole.includes(t) || t.length > 3 && said.includes(t)).length / q.terms.length;
    best = covered < 1 ? P.cov * covered ** P.covExp : P.full * (q.spoken.length / said.length) ** P.len;
    if (/^[a-z]{2,8}$/.test(q.whole)) best = Math.max(best, 0.6 * alike(initials(whole), q.whole));
    return best;
  };

  const texts = async (section) => {
    const at = place(dir.texts, section), name = "t" + at;
    const [[codes, phrases], file] = await Promise.all([load("c0", "c"), load(name)]);
    if (!parsed.has(name)) {
      const list = phrases.split("|");
      long ??= new Map([...codes].map((code, i) => [code, list[i]]));
      const read = (text) => text.replace(/[\xa1-\u07ff]/g, (code) => long.get(code) ?? code);
      const all = new Map();
      let first = dir.texts[at];
      for (const [page, url, title, path, ...parts] of file) for (let i = 0; i < parts.length; i += 3) {
        const heading = read(parts[i + 1]), anchor = parts[i] || heading.toLowerCase().replace(/[^\p{Alphabetic}\p{N}_\- ]/gu, "").replace(/ /g, "-");
        all.set(first++, { page, url, title: read(title), path: read(path), anchor, heading, text: read(parts[i + 2]) });
      }
      parsed.set(name, all);
    }
    return parsed.get(name).get(section);
  };

  // The answer: pages in the order of their worth, each with its best sections.
  const answer = async (query, most = 10) => {
    await open();
    query = query.slice(0, 300);
    const unknown = [...query].some((c) => dense.test(c) && !readings.has(plainForm.get(c) ?? c));
    if (unknown && readings.size > 99 && !got.h0) { const [spelt, old] = await load("h0", "h"); spell(spelt); pairs(old); }
    const terms = [];
    let typed;
    tokens(query, (term, kind) => { if (kind === "joined") typed = term; else terms.push({ term, kind, typed }); if (kind !== "joined" && typed?.endsWith(term)) typed = ""; });
    terms.splice(24);
    if (!terms.length) return { pages: [], marks: [] };
    const ends = /[\p{Alphabetic}\p{N}]$/u.test(query);
    const units = await Promise.all(terms.map(({ term, kind }, i) =>
      kind === "word" ? wordUnit(term, ends && i === terms.length - 1) : kind === "pair" ? pairUnit(term) : singleUnit(term)));
    // Neighbouring words may be one in the text.
    await Promise.all(terms.flatMap((_, i) => [2, 3, 4].map(async (n) => {
      const part = terms.slice(i, i + n);
      if (part.length < n || part.some((t) => t.kind !== "word")) return;
      const word = part.map((t) => t.term).join(""), docs = new Map();
      const words = i + n === terms.length && ends ? await starting(word, 1) : await find(word, word);
      units[i].used.push(...await gather(docs, words.map((w) => ({ ...w, worth: w.term === word ? 1 : 0.6 })), 12));
      for (let k = i; k < i + n; k++) {
        if (docs.size && part[0].typed === word) for (const [section, at] of units[k].docs) if (!docs.has(section)) at[1] *= P.part;
        for (const [section, [score, cover]] of docs) note(units[k].docs, section, score, cover);
      }
    })));
    const sections = together(units);
    const pages = new Map();
    const page = (at) => { if (!pages.has(at)) pages.set(at, { at, score: 0, sections: [] }); return pages.get(at); };
    for (const [section, [score, cover]] of sections) page(pageOf(section)).sections.push([score * cover ** P.pow, section]);
    const byPage = units.map(({ docs, size }) => {
      const best = new Map();
      for (const [section, [score, cover]] of docs) note(best, pageOf(section), score, cover);
      return { docs: best, size };
    });
    for (const [at, [score, cover]] of together(byPage)) page(at).score = P.page * score * cover ** P.pow;
    const first = [...pages.values()];
    for (const p of first) {
      p.sections.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
      p.sections.splice(3);
      p.score = Math.max(p.score, p.sections[0][0]);
    }
    first.sort((a, b) => b.score - a.score || a.at - b.at);
    first.splice(most + 4);
    const folded = fold(query), whole = squeeze(folded);
    const q = {
      whole, spoken: spoken(whole), hasDense: dense.test(whole), terms: terms.map((t) => t.term),
      words: folded.replace(/[^\p{Alphabetic}\p{N}]+/gu, " ").trim(),
    };
    await Promise.all(first.map(async (p) => {
      p.found = await Promise.all(p.sections.map(async ([score, section]) => {
        const shown = await texts(section);
        const text = squeeze(fold(shown.text)).includes(whole) ? P.text : 0;
        return { ...shown, section, score: score * (1 + P.head * named(shown.heading, q) + text) };
      }));
      p.found.sort((a, b) => b.score - a.score || a.section - b.section);
      p.score = Math.max(p.score, p.found[0].score) * (1 + P.title * named(p.found[0].title, q));
    }));
    first.sort((a, b) => b.score - a.score || a.at - b.at);
    const marks = new Set(q.terms.filter((t) => t.length > 1));
    for (const { used } of units) for (const w of used) if (w.term.length > 1) marks.add(w.term);
    return { pages: first.slice(0, most), marks: [...marks] };
  };
  return { open, answer, tokens, stem, fold };
};

// == page ==========================================================================================================
(() => {
  const link = document.querySelector("a.search");
  if (!link) return;
  const words = link.dataset, root = words.index.replace(/assets\/search\/$/, "");
  const engine = portolanEngine(words.index);
  const asked = new URLSearchParams(location.search);
  const make = (tag, fields, ...children) => {
    const node = Object.assign(document.createElement(tag), fields);
    node.append(...children);
    return node;
  };

  // Where terms stand in a text: folded character by character, so that places stay true.
  const places = (text, terms) => {
    let folded = "", from = 0;
    const at = [], found = [];
    for (const c of text) {
      const plain = c < "\x80" ? c.toLowerCase() : engine.fold(c);
      for (let i = 0; i < plain.length; i++) at.push(from);
      folded += plain;
      from += c.length;
    }
    at.push(from);
    for (const term of terms) {
      for (let i = folded.indexOf(term); i >= 0; i = folded.indexOf(term, i + term.length)) {
        if (/^[a-z0-9]/.test(term) && /[a-z0-9]/.test(folded[i - 1] ?? "")) continue;
        found.push([at[i], at[i + term.length]]);
      }
    }
    const all = [];
    for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
      if (all.length && start <= all.at(-1)[1]) all.at(-1)[1] = Math.max(end, all.at(-1)[1]);
      else all.push([start, end]);
    }
    return all;
  };
  const marked = (text, found, from = 0, to = text.length) => {
    const parts = [];
    let at = from;
    for (const [start, end] of found) {
      if (end <= from || start >= to) continue;
      parts.push(text.slice(at, Math.max(at, start)), make("mark", { textContent: text.slice(Math.max(at, start), Math.min(end, to)) }));
      at = Math.min(end, to);
    }
    return [...parts, text.slice(at, to)];
  };
  // The piece of a text that has most of what was looked for.
  const snippet = (text, terms) => {
    const found = places(text, terms), wide = 150;
    let best = 0, most = -1;
    found.forEach(([start], i) => {
      let sum = 0;
      for (let k = i; k < found.length && found[k][0] < start + wide * 0.7; k++) sum += (found[k][1] - found[k][0]) ** 2;
      if (sum > most) { most = sum; best = start; }
    });
    const from = Math.max(0, best - 30), to = from + wide;
    return [from ? "…" : "", ...marked(text, found, from, Math.min(to, text.length)), to < text.length ? "…" : ""];
  };

  // The page that a result led to: what was looked for is marked.
  const marks = asked.get("m")?.split(" ").filter(Boolean);
  if (marks) {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode() && nodes.length < 20000) if (!walker.currentNode.parentElement.closest("svg, math, button, script")) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const found = places(node.data, marks);
      if (found.length) node.replaceWith(...marked(node.data, found));
    }
  }

  let dialog, input, list, status, turn = 0, active = -1;
  const options = () => list.querySelectorAll("[role=option]");
  const choose = (at) => {
    const all = options();
    all[active]?.setAttribute("aria-selected", "false");
    active = all.length ? (at + all.length) % all.length : -1;
    if (active < 0) { input.removeAttribute("aria-activedescendant"); return; }
    all[active].setAttribute("aria-selected", "true");
    all[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[active].id);
  };
  const address = (query) => {
    const url = new URL(location.href);
    url.searchParams.delete("m");
    if (query) url.searchParams.set("q", query); else url.searchParams.delete("q");
    try { history.replaceState(history.state, "", url); } catch { /* some browsers hold the address of a file */ }
  };
  const option = (found, query, terms, isPage) => {
    const search = `?q=${encodeURIComponent(query)}&m=${encodeURIComponent(terms.slice(0, 20).join(" "))}`;
    const anchor = isPage && found.anchor ? "" : found.anchor;
    const name = isPage ? found.title : found.heading, about = isPage ? found.path : "";
    const text = isPage && found.anchor ? [] : [make("p", {}, ...snippet(found.text, terms))];
    const href = root + found.url + search + (anchor ? "#" + encodeURIComponent(anchor) : "");
    const head = make("b", {}, ...marked(name, places(name, terms)));
    const node = make("div", { className: isPage ? "page" : "part", id: "p:r" + options().length, role: "option" },
      make("a", { href, tabIndex: -1 }, head, about ? make("small", {}, about) : "", ...text));
    node.setAttribute("aria-selected", "false");
    list.append(node);
  };
  const ask = async () => {
    const query = input.value.trim(), mine = ++turn;
    list.setAttribute("aria-busy", "true");
    let pages = [], terms = [], failed = false;
    try { ({ pages, marks: terms } = await engine.answer(query)); } catch { failed = true; }
    if (mine !== turn) return;
    list.replaceChildren();
    for (const { found } of pages) {
      const top = found[0];
      option(top, query, terms, true);
      for (const part of found) if (part.anchor && (part === top || part.score > top.score * 0.5)) option(part, query, terms, false);
    }
    active = -1;
    choose(0);
    status.textContent = failed ? words.failed : !query ? "" : pages.length ? words.found.replace("{n}", pages.length) : words.none;
    input.setAttribute("aria-expanded", String(pages.length > 0));
    list.setAttribute("aria-busy", "false");
    address(query);
  };
  const build = () => {
    input = make("input", { type: "search", autocomplete: "off", spellcheck: false, placeholder: words.hint, enterKeyHint: "go" });
    list = make("div", { id: "p:results" });
    status = make("p", { className: "status" });
    const close = make("button", { type: "button", className: "close" });
    const set = (node, all) => { for (const name in all) node.setAttribute(name, all[name]); };
    set(input, { role: "combobox", "aria-label": words.name, "aria-controls": "p:results", "aria-expanded": "false", "aria-autocomplete": "list" });
    set(list, { role: "listbox", "aria-label": words.name, "aria-busy": "false" });
    set(status, { role: "status" });
    set(close, { "aria-label": words.close });
    dialog = make("dialog", { className: "finder" }, make("div", { className: "ask" }, input, close), status, list);
    set(dialog, { "aria-label": words.name });
    document.body.append(dialog);
    input.addEventListener("input", ask);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => { address(""); });
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) choose(active + step);
      else if (event.key === "Enter" && event.target === input) options()[active]?.querySelector("a").click();
      else if (event.key === "Escape") dialog.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  };
  const open = () => {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    engine.open().catch(() => {});
    input.value ||= asked.get("q") ?? "";
    input.select();
    if (input.value) ask();
  };
  link.addEventListener("click", (event) => { event.preventDefault(); open(); });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!slash && !((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k")) return;
    event.preventDefault();
    open();
  });
  if (asked.get("q") && !marks) open();
})();
