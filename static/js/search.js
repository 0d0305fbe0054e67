// The search. Its index is cut into files (src/search/shards.rs says how), loaded as scripts, so that a page opened from
// a disk can search. `portolanEngine` answers queries; what follows it is what the reader sees.
globalThis.portolanEngine = (base) => {
  // Files
  const got = {}, asked = {}, parsed = new Map();
  let version = "", dir, phrases;
  globalThis.portolanSearch = (kind, number, data) => { got[kind + number] = data; };
  const load = (name, file = name) => asked[name] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${base}${file}.js${version}`;
    script.onerror = () => { delete asked[name]; failed(Error(file)); };
    script.onload = () => { script.remove(); name in got ? done(got[name]) : script.onerror(); };
    document.head.append(script);
  });
  const numbers = (text, each) => {
    let n = 0, factor = 1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i), value = code - 35 - (code > 60) - (code > 92);
      if (value > 68) { each(value - 69, true); continue; }
      n += factor * value;
      factor *= 31;
      if (value < 38) { each(n); n = 0; factor = 1; }
    }
  };
  const sums = (text) => { const all = []; let sum = 0; numbers(text, (n) => all.push(sum += n)); return all; };
  // The last place of an ascending row whose value is not above `value`.
  const place = (all, value) => {
    let low = 0, high = all.length;
    while (low < high) { const mid = (low + high) >> 1; if (all[mid] <= value) low = mid + 1; else high = mid; }
    return Math.max(0, low - 1);
  };

  // Readings: of a character, its others, and the ways to write a syllable: [usual reading, character it is meant for]
  const readings = new Map(), others = new Map(), syllables = new Map(), newForms = new Map();
  const spelt = (text, each) => {
    for (const word of text.split(" ")) {
      const syllable = word.match(/^[a-z]*/)[0];
      if (syllable && !syllables.has(syllable)) syllables.set(syllable, []);
      for (const c of word.slice(syllable.length)) each(c, syllable);
    }
  };
  const spell = (text, forms) => {
    spelt(text, (c, syllable) => readings.set(c, syllable));
    forms.replace(/(.)(.)/gu, (_, old, now) => newForms.set(old, now));
  };
  const open = async () => {
    if (dir) return;
    const [hash, counts, texts, words, wordNumbers, postNumbers, backwards, read, more, forms] = await load("d0", "index");
    version = "?" + hash;
    spell(read, forms);
    for (const [syllable, ways] of syllables) ways.push([syllable]);
    spelt(more, (c, syllable) => {
      others.set(c, syllable);
      syllables.get(syllable).push([readings.get(c), c]);
    });
    const split = (text) => text ? text.split(" ") : [], ends = sums(counts);
    dir = {
      firsts: [0, ...ends.slice(0, -1)], sections: ends.at(-1), texts: sums(texts), words: split(words).map(sortKey),
      wordNumbers: sums(wordNumbers), postNumbers: sums(postNumbers), backwards: split(backwards),
    };
  };

  // Terms: the twin of src/search/fold.rs, token.rs and stem.rs; tests/search has what both must give
  const dense = /[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{323af}]/u, letter = /[\p{Alphabetic}\p{N}]/u;
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\u4e00-\u9fff]/g, (c) => newForms.get(c) ?? c);
  const fold = (text) => plain(text).toLowerCase();
  const tokens = (text, each) => {
    let before = "", paired = false, word = "", ends = [], joiner = false, last = "", older = "";
    const cut = (term) => [...term].slice(0, 40).join("");
    const partEnds = (at) => { if (at > (ends.at(-1) ?? 0)) ends.push(at); };
    const endAll = () => {
      if (before && !paired) each(before);
      before = ""; paired = false;
      if (!word) return;
      partEnds(word.length);
      const figures = /^\d+$/.test(word), joined = ends.length > 1 && ends.length < 7 && cut(word);
      if (joined) each(joined, !figures);
      if (!joined || !figures) ends.forEach((end, i) => each(cut(word.slice(ends[i - 1] ?? 0, end)), false, joined));
      word = ""; ends = []; joiner = false; last = older = "";
    };
    for (const c of plain(text)) {
      if (dense.test(c)) {
        if (word) endAll();
        if (before) each(before + c);
        paired = !!before;
        before = c;
      } else if (letter.test(c)) {
        if (before) endAll();
        const now = /\p{Uppercase}/u.test(c) ? "A" : /\p{Alphabetic}/u.test(c) ? "a" : "1";
        if (joiner) { partEnds(word.length); joiner = false; last = older = ""; }
        if (last && last !== "A" && now === "A") partEnds(word.length);
        else if (older + last + now === "AAa") partEnds(word.length - [...word].at(-1).length);
        older = last; last = now;
        if (word.length < 240) word += c.toLowerCase();
      } else if (/[-_.]/.test(c) && word && !joiner) joiner = true;
      else endAll();
    }
    endAll();
  };
  const singular = (word) => !/^[a-z]{4,}$/.test(word) ? word : /..ies$/.test(word) ? word.slice(0, -3) + "y" :
    /(ss|sh|ch|x|z)es$/.test(word) ? word.slice(0, -2) : /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
  const stem = (word) => {
    if (!/^[a-z]{4,}$/.test(word)) return word;
    word = singular(word);
    const rest = word.replace(/(ing|ed)$/, ""), cut = rest !== word && /...$/.test(rest) && /[aeiouy]/.test(rest);
    if (cut && /([^aeiouls])\1$/.test(rest)) return rest.slice(0, -1);
    return (cut ? rest : word).replace(/(...)e$/, "$1");
  };
  const sortKey = (term) => {
    const all = [...term];
    return all.length < 3 && dense.test(term[0] + (term[1] ?? "")) ? `~${all.map((c) => (readings.get(c) ?? "") + " ").join("")}${term}` : term;
  };

  // Lists: the words from one key to another, of at most `most` files
  const find = async (low, high, most = 3, kind = "w") => {
    const firsts = kind === "w" ? dir.words : dir.backwards, from = place(firsts, low), files = [];
    const to = firsts.length ? Math.min(place(firsts, high), from + most - 1) : -1;
    for (let at = from; at <= to; at++) files.push(load(kind + at));
    return (await Promise.all(files)).flatMap((text, i) => {
      const name = kind + (from + i), found = [], first = dir.wordNumbers[from + i];
      if (!parsed.has(name)) {
        let before = "";
        const terms = text.split(/(?=[A-Z])/).map((piece) => before = before.slice(0, piece.charCodeAt(0) - 65) + piece.slice(1));
        parsed.set(name, [terms, kind === "w" ? terms.map(sortKey) : terms]);
      }
      const [terms, keys] = parsed.get(name);
      for (let at = place(keys, low); keys[at] <= high; at++) if (keys[at] >= low) found.push({ term: terms[at], number: first + at });
      return found;
    });
  };
  const starting = (text, most, kind) => find(text, text + "\uffff", most, kind);
  const postings = async (number) => {
    const at = place(dir.postNumbers, number), list = [];
    let many = 0, section = 0, level = -1;
    const file = parsed.get("p" + at) ?? (await load("p" + at)).split(" ");
    parsed.set("p" + at, file);
    numbers(file[number - dir.postNumbers[at]], (n, mark) => {
      if (mark) { level = n; section = 0; } else if (level < 0) many = n;
      else list.push([section += n, 0.06 * 1.3 ** (level - 0.5)]);
    });
    return { list, rarity: Math.log(1 + dir.sections / (many || list.length)) };
  };

  // Units are the parts of a query; what is found for one, by section: [score, how much of the unit is covered]
  const note = (docs, section, score, cover) => {
    const old = docs.get(section);
    if (!old || old[0] * old[1] < score * cover) docs.set(section, [score, cover]);
  };
  const gather = async (docs, words, most = 64) => {
    const best = words.sort((a, b) => b.worth - a.worth || a.term.length - b.term.length).slice(0, most);
    const lists = await Promise.all(best.map((w) => postings(w.number)));
    // A longer word that begins alike is no rarer than the word itself.
    const rarest = Math.min(...lists.filter((_, i) => best[i].worth === 1).map((l) => l.rarity));
    lists.forEach(({ list, rarity }, i) => {
      for (const [section, impact] of list) note(docs, section, best[i].worth * Math.min(rarity, rarest) * impact, 1);
    });
    return best.map((w) => w.term);
  };
  const together = (units) => {
    const all = new Map(), size = units.reduce((sum, u) => sum + u.size, 0);
    for (const unit of units) for (const [section, [score, cover]] of unit.docs) {
      const old = all.get(section) ?? [0, 0];
      all.set(section, [old[0] + score, old[1] + cover * unit.size / size]);
    }
    return all;
  };
  // Edits between two words (neighbours exchanged count once), or more than `most`.
  const edits = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return 9;
    let before, last = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const now = [i];
      for (let j = 1; j <= b.length; j++) {
        now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
      }
      if (Math.min(...now) > most) return 9;
      before = last; last = now;
    }
    return last[b.length];
  };
  const misspelt = async (word) => {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2, root = stem(word), back = (text) => [...text].reverse().join("");
    if (!most) return [];
    let near;
    if (dir.backwards.length) {
      // One edit leaves the first or the second half as it is.
      const part = Math.max(2, Math.floor(word.length / (most + 1)));
      const ends = (await starting(back(word).slice(0, part), 2, "r")).map((w) => back(w.term)).filter((term) => edits(word, term, most) < 9);
      near = [await starting(word.slice(0, part)), ...await Promise.all(ends.slice(0, 12).map((term) => find(term, term)))].flat();
    } else near = await find("0", "~", 99);
    return near.flatMap((w) => {
      const far = Math.min(edits(word, w.term, most), edits(root, stem(w.term), most));
      return far <= most ? [{ ...w, worth: far < 2 ? 0.6 : 0.3 }] : [];
    });
  };
  // The ways to read letters as syllables; the last one may be unfinished.
  const spellings = (text, isOpen) => {
    const ways = [];
    const go = (from, way) => {
      if (ways.length > 3 || way.length > 12) return;
      if (from === text.length) ways.push(way);
      for (let to = Math.min(text.length, from + 6); to > from; to--) {
        const piece = text.slice(from, to);
        if (syllables.has(piece)) go(to, [...way, syllables.get(piece)]);
        else if (isOpen && to === text.length && from && [...syllables.keys()].some((s) => s.startsWith(piece))) ways.push([...way, [[piece, , true]]]);
      }
    };
    if (/^[a-z]{2,40}$/.test(text)) go(0, []);
    return ways.sort((a, b) => a.length - b.length).slice(0, 3);
  };
  const pinyin = async (text, isOpen) => {
    const docs = new Map(), used = [], ways = spellings(text, isOpen);
    for (const way of ways) {
      const units = [];
      for (let i = Math.min(1, way.length - 1); i < way.length; i++) {
        const found = [], unit = { docs: new Map(), size: 1 };
        for (const [r1, c1] of way[i - 1] ?? [[]]) for (const [r2, c2, unfinished] of way[i]) {
          const words = r1 ? await starting(`~${r1} ${r2}${unfinished ? "" : " "}`) : await find(`~${r2} \u3000`, `~${r2} \uffff`);
          for (const w of words) {
            const [a, b] = r1 ? w.term : " " + w.term;
            if (b && (!c1 || a === c1) && (!c2 || b === c2)) found.push({ ...w, worth: 0.9 });
          }
        }
        used.push(...await gather(unit.docs, found));
        units.push(unit);
      }
      for (const [section, [score, cover]] of together(units)) note(docs, section, score * cover ** 3, cover);
    }
    return { docs, used, size: Math.max(1, ...ways.map((way) => way.length - 1)) };
  };
  const wordUnit = async (word, isLast) => {
    const docs = new Map(), root = stem(word), one = singular(word), start = root.replace(/(..)y$/, "$1");
    const range = await starting(word.startsWith(start) ? start : word), near = range.some((w) => singular(w.term) === one);
    const words = range.flatMap((w) => {
      const worth = w.term === word ? 1 : singular(w.term) === one ? 0.7 : stem(w.term) === root ? near ? 0.35 : 0.5 :
        isLast && word[1] && w.term.startsWith(word) ? 0.3 + 0.4 * word.length / w.term.length : 0;
      return worth ? [{ ...w, worth }] : [];
    });
    const used = await gather(docs, words), doubt = words.length ? 0.35 : 1;
    if (/^[a-z]{2,8}$/.test(word)) await gather(docs, (await starting("!" + word, 1)).map((w) => ({ ...w, worth: w.term === "!" + word ? 0.8 : 0.6 })), 24);
    const said = await pinyin(word, isLast);
    for (const [section, [score, cover]] of said.docs) note(docs, section, score * doubt, cover * (1 + doubt) / 2);
    if (!words.length && ![...said.docs.values()].some(([, cover]) => cover > 0.99)) used.push(...await gather(docs, await misspelt(word), 24));
    return { docs, size: words.length ? 1 : said.size, isWord: words.length > 0, used: [...used, ...said.used] };
  };
  const denseUnit = async (term) => {
    const docs = new Map(), key = sortKey(term), start = key.slice(0, -term.length), isPair = term !== [...term][0];
    let words = isPair ? await starting(start) : await find(key, key);
    if (!words.length && !isPair) words = (await starting(start)).filter((w) => w.term.startsWith(term));
    const used = await gather(docs, words.map((w) => ({ ...w, worth: w.term === term ? 1 : isPair ? 0.35 : 0.8 })), 12);
    return { docs, size: 1, used };
  };

  // How much a name is what was asked for, 0 to 1.2
  const spaced = (text) => text.replace(/[^\p{Alphabetic}\p{N}]+/gu, " ").trim(), squeeze = (text) => spaced(text).replace(/ /g, "");
  const alike = (a, b) => a === b ? 1.2 : a.startsWith(b) ? 1 : a.includes(b) ? 0.95 : 0;
  const spoken = (text, other) => [...text].map((c) => other && others.get(c) || (readings.get(c) ?? c)).join("");
  const called = (text, q) => {
    const words = spaced(text), whole = squeeze(text);
    if (!whole) return 0;
    if (dense.test(q.whole)) { const worth = alike(whole, q.whole); if (worth) return worth; }
    else if (whole === q.whole) return 1.2;
    else {
      if (` ${words} `.includes(` ${q.words} `)) return words.startsWith(q.words) ? 1 : 0.95;
      if (` ${words}`.includes(` ${q.words}`)) return 0.8;
      const all = words.split(" ");
      if (all.some((_, i) => all.slice(i, i + 5).join("").startsWith(q.whole))) return 0.7;
    }
    const said = spoken(whole), worth = Math.max(alike(said, q.spoken), alike(spoken(whole, true), q.spoken)) * q.voice;
    if (worth && dense.test(whole)) return worth;
    const covered = q.terms.filter((t) => whole.includes(t) || q.voice > 0.5 && t[3] && said.includes(t)).length / q.terms.length;
    const initials = /^[a-z]{2,8}$/.test(q.whole) ? alike([...whole].map((c) => (readings.get(c) ?? c)[0]).join(""), q.whole) * 0.6 : 0;
    return Math.max(initials, covered < 1 ? 0.15 * covered ** 2 : 0.6 * (q.spoken.length / said.length) ** 0.25);
  };
  // `滚动更新 (Rolling update)` has two names.
  const named = (text, q) => {
    const folded = fold(text), parts = folded.split(/[()/|:、\t]| - /);
    return Math.max(called(folded, q), ...(parts[1] ? parts : []).map((part) => called(part, q) * 0.95));
  };

  const texts = async (section) => {
    const at = place(dir.texts, section), name = "t" + at;
    const [[codes, list], file] = await Promise.all([load("c0", "c"), load(name)]);
    if (!parsed.has(name)) {
      const all = new Map(), long = list.split("|");
      phrases ??= new Map([...codes].map((code, i) => [code, long[i]]));
      const read = (text) => text.replace(/[\xa1-\u07ff]/g, (code) => phrases.get(code) ?? code);
      let first = dir.texts[at];
      for (const [page, url, title, path, ...parts] of file) for (let i = 0; i < parts.length; i += 3) {
        const [heading, gist, ...names] = read(parts[i + 1]).split("\t");
        const anchor = parts[i] || heading.toLowerCase().replace(/[^\p{Alphabetic}\p{N}_\- ]/gu, "").replace(/ /g, "-");
        all.set(first++, { page, url, title: read(title), path: read(path), anchor, heading, gist, names, text: read(parts[i + 2]) });
      }
      parsed.set(name, all);
    }
    return parsed.get(name).get(section);
  };

  // The answer: pages in the order of their worth, each with its best sections, and the terms to mark in them
  const answer = async (query, most = 10) => {
    await open();
    query = query.slice(0, 300);
    if (readings.size > 99 && !got.h0 && [...query].some((c) => dense.test(c) && !readings.has(newForms.get(c) ?? c))) spell(...await load("h0", "h"));
    const terms = [], isOpen = letter.test([...query].at(-1) ?? "");
    tokens(query, (term, isJoined, typed) => { if (!isJoined && terms.length < 24) terms.push({ term, typed, isWord: !dense.test(term) }); });
    if (!terms.length) return { concepts: [], pages: [], terms: [] };
    const units = await Promise.all(terms.map(({ term, isWord }, i) => isWord ? wordUnit(term, isOpen && i === terms.length - 1) : denseUnit(term)));
    // Neighbouring words may be one in the text.
    await Promise.all(terms.flatMap((_, i) => [2, 3, 4].map(async (n) => {
      const part = terms.slice(i, i + n), word = part.map((t) => t.term).join(""), docs = new Map();
      if (part.length < n || part.some((t) => !t.isWord)) return;
      const words = i + n === terms.length && isOpen ? await starting(word, 1) : await find(word, word);
      units[i].used.push(...await gather(docs, words.map((w) => ({ ...w, worth: w.term === word ? 1 : 0.6 })), 12));
      for (const unit of units.slice(i, i + n)) {
        // Who types an identifier means that one.
        if (docs.size && part[0].typed === word) for (const [section, [score, cover]] of unit.docs) unit.docs.set(section, [score, cover / 2]);
        for (const [section, [score, cover]] of docs) note(unit.docs, section, score, cover);
      }
    })));
    const pages = new Map(), pageOf = (section) => place(dir.firsts, section);
    for (const [section, [score, cover]] of together(units)) {
      const at = pageOf(section);
      if (!pages.has(at)) pages.set(at, { at, score: 0, found: [] });
      pages.get(at).found.push({ section, score: score * cover ** 3 });
    }
    const byPage = units.map(({ docs, size }) => {
      const best = new Map();
      for (const [section, [score, cover]] of docs) note(best, pageOf(section), score, cover);
      return { docs: best, size };
    });
    const rank = (a, b) => b.score - a.score || a.at - b.at || a.section - b.section;
    for (const [at, [score, cover]] of together(byPage)) {
      const page = pages.get(at);
      page.found = page.found.sort(rank).slice(0, 3);
      page.score = Math.max(0.7 * score * cover ** 3, page.found[0].score);
    }
    const best = [...pages.values()].sort(rank).slice(0, most + 3), folded = fold(query), whole = squeeze(folded);
    const q = { whole, words: spaced(folded), spoken: spoken(whole), voice: units.every((u) => u.isWord) ? 0.5 : 0.9, terms: terms.map((t) => t.term) };
    await Promise.all(best.map(async (page) => {
      page.found = await Promise.all(page.found.map(async ({ section, score }) => {
        const shown = await texts(section), head = named(shown.heading, q), alias = Math.max(0, ...shown.names.map((name) => named(name, q)));
        return { ...shown, section, alias, defines: shown.gist === undefined ? 0 : Math.max(head, alias), score: score * (1 + 1.2 * Math.max(head, alias) + (squeeze(fold(shown.text)).includes(whole) ? 0.15 : 0)) };
      }));
      const [top, ...rest] = page.found.sort(rank);
      page.score = (Math.max(page.score, top.score) + 0.1 * rest.reduce((sum, f) => sum + f.score, 0)) * (1 + 2 * Math.max(named(top.title, q), ...page.found.map((f) => f.heading ? 0 : f.alias)));
    }));
    const marks = [...q.terms, ...units.flatMap((u) => u.used)].filter((term) => term[1]);
    best.sort(rank);
    // A concept of that very name comes first, unless a page of that name does.
    const title = best[0] ? named(best[0].found[0].title, q) : 0;
    const concepts = best.flatMap(({ found }, i) => found.filter((f) => f.defines > (i ? Math.max(1.1, title) : 1.1))).sort(rank).slice(0, 2);
    return { concepts, pages: best.slice(0, most), terms: [...new Set(marks)] };
  };
  return { open, answer, tokens, stem, fold };
};

// == page
(() => {
  const link = document.querySelector("a.search"), words = link.dataset, root = words.index.replace(/assets\/search\/$/, "");
  const engine = portolanEngine(words.index), asked = new URLSearchParams(location.search);
  const make = (tag, fields, attributes, ...children) => {
    const node = Object.assign(document.createElement(tag), fields);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...children);
    return node;
  };
  // Where terms stand in a text: folded character by character, so that places stay true.
  const places = (text, terms) => {
    let folded = "", from = 0;
    const at = [], found = [], all = [];
    for (const c of text) {
      const plain = c < "\x80" ? c.toLowerCase() : engine.fold(c);
      for (const _ of plain.split("")) at.push(from);
      folded += plain;
      from += c.length;
    }
    at.push(from);
    for (const term of terms) for (let i = folded.indexOf(term); i >= 0; i = folded.indexOf(term, i + 1)) {
      if (!/^[a-z0-9]/.test(term) || !/[a-z0-9]/.test(folded[i - 1] ?? "")) found.push([at[i], at[i + term.length]]);
    }
    for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
      const last = all.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(end, last[1]); else all.push([start, end]);
    }
    return all;
  };
  const marked = (text, found, from = 0, to = text.length) => {
    const parts = [];
    for (const [start, end] of found) if (start >= from && end <= to) {
      parts.push(text.slice(from, start), make("mark", { textContent: text.slice(start, end) }));
      from = end;
    }
    return [...parts, text.slice(from, to)];
  };
  // The piece of a text that has most of what was looked for.
  const snippet = (text, terms) => {
    const found = places(text, terms);
    let best = 0, most = 0;
    found.forEach(([start], i) => {
      let sum = 0;
      for (let k = i; k < found.length && found[k][0] < start + 100; k++) sum += (found[k][1] - found[k][0]) ** 2;
      if (sum > most) { most = sum; best = start; }
    });
    const from = Math.max(0, best - 30), to = Math.min(from + 150, text.length);
    return [from ? "…" : "", ...marked(text, found, from, to), to < text.length ? "…" : ""];
  };

  // The page that a result led to: what was looked for is marked.
  const marks = asked.get("m")?.split(" ").filter((term) => term[1]);
  if (marks) {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("svg, math, button, script")) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const found = places(node.data, marks);
      if (found.length) node.replaceWith(...marked(node.data, found));
    }
  }

  let turn = 0, active = -1;
  const input = make("input", { type: "search", autocomplete: "off", spellcheck: false, placeholder: words.hint, enterKeyHint: "go", maxLength: 500 },
    { role: "combobox", "aria-label": words.name, "aria-controls": "p:results", "aria-expanded": false, "aria-autocomplete": "list" });
  const list = make("div", { id: "p:results" }, { role: "listbox", "aria-label": words.name, "aria-busy": false });
  const status = make("p", { className: "status" }, { role: "status" });
  const close = make("button", { type: "button", className: "close" }, { "aria-label": words.close });
  const dialog = make("dialog", { className: "finder" }, { "aria-label": words.name }, make("div", { className: "ask" }, {}, input, close), status, list);
  document.body.append(dialog);
  const choose = (at) => {
    const all = list.children;
    all[active]?.setAttribute("aria-selected", false);
    active = all.length ? (at + all.length) % all.length : -1;
    input.setAttribute("aria-activedescendant", all[active]?.id ?? "");
    all[active]?.setAttribute("aria-selected", true);
    all[active]?.scrollIntoView({ block: "nearest" });
  };
  const address = (query) => {
    const url = new URL(location);
    if (query) { url.searchParams.set("q", query); url.searchParams.delete("m"); } else for (const name of "qm") url.searchParams.delete(name);
    try { history.replaceState(history.state, "", url); } catch { /* some browsers hold the address of a file */ }
  };
  // A result: a concept with its definition, a page with its best place, or another section of that page.
  const option = (kind, found, query, terms) => {
    const isPage = kind === "page", name = isPage ? found.title : found.heading || found.title, anchor = isPage || !found.anchor ? "" : "#" + encodeURIComponent(found.anchor);
    const href = `${root}${found.url}?q=${encodeURIComponent(query)}&m=${encodeURIComponent(terms.slice(0, 24).join(" "))}${anchor}`;
    const gist = found.gist || found.text.match(/^.*?([。！？]|[.!?](?= |$))/)?.[0] || found.text;
    const about = [kind !== "part" && found.path && make("small", {}, {}, found.path), kind === "concept" ? make("p", {}, {}, gist.slice(0, 160)) : (!isPage || !found.heading) && make("p", {}, {}, ...snippet(found.text, terms))];
    list.append(make("div", { className: kind, id: "p:r" + list.children.length }, { role: "option", "aria-selected": false },
      make("a", { href, tabIndex: -1 }, {}, make("b", {}, {}, ...marked(name, places(name, terms))), ...about.filter(Boolean))));
  };
  const ask = async () => {
    const query = input.value.trim().replace(/\p{Surrogate}/gu, "\ufffd"), mine = ++turn;
    list.setAttribute("aria-busy", true);
    const answer = await engine.answer(query).catch(() => undefined);
    if (mine !== turn) return;
    const { concepts, pages, terms } = answer ?? { concepts: [], pages: [] };
    list.replaceChildren();
    for (const concept of concepts) option("concept", concept, query, terms);
    for (const { found } of pages) {
      // A page that is the concept is there already.
      if (found[0].heading || !concepts.includes(found[0])) option("page", found[0], query, terms);
      for (const part of found) if (part.heading && part.score > found[0].score * 0.5 && !concepts.includes(part)) option("part", part, query, terms);
    }
    active = -1;
    choose(0);
    status.textContent = !answer ? words.failed : !query ? "" : pages.length ? words.found.replace("{n}", pages.length) : words.none;
    input.setAttribute("aria-expanded", pages.length > 0);
    list.setAttribute("aria-busy", false);
    address(query);
  };
  const open = () => {
    if (!dialog.open) dialog.showModal();
    engine.open().catch(() => {});
    input.value ||= asked.get("q") ?? "";
    input.select();
    if (input.value) ask();
  };
  input.addEventListener("input", ask);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { turn++; address(""); });
  dialog.addEventListener("keydown", (event) => {
    const { key, isComposing, target } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (isComposing) return;
    if (step) choose(active + step);
    else if (key === "Enter" && target === input) list.children[active]?.firstChild.click();
    else if (key === "Escape") dialog.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  link.addEventListener("wanted", open);
  if (!marks) open();
})();
