-- One page that holds an index of words and searches it without a network.
-- For search.lua.

local html = require "lib.html"
local paths = require "lib.paths"
local text = require "lib.text"

local page = {}

local labels = {
  en = { title = "Search", box = "Search", help = "Words or their beginnings; all must occur.", documents = "{n} documents",
    none = "Nothing found." },
  ko = { title = "찾기", box = "찾기", help = "낱말이나 낱말의 앞부분. 모두 들어 있는 문서를 찾습니다.", documents = "문서 {n}개",
    none = "찾은 것이 없습니다." },
}

-- Words are prepared as search.lua does it.  A word finds all that begin with it; what is found whole counts double, and
-- rare words count more than frequent ones (the logarithm of the inverse document frequency).
local script = [==[
"use strict";
(function () {
  var index = JSON.parse(document.getElementById("data").textContent);
  var words = Object.keys(index.terms).sort();
  var box = document.getElementById("query"), count = document.getElementById("found"), list = document.getElementById("hits");
  function first(prefix) {
    var low = 0, high = words.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (words[middle] < prefix) { low = middle + 1; } else { high = middle; }
    }
    return low;
  }
  function lookup(word) {
    var scores = new Map();
    for (var i = first(word); i < words.length && words[i].startsWith(word); i++) {
      var postings = index.terms[words[i]], rarity = Math.log(1 + index.documents.length / (postings.length / 2));
      for (var k = 0; k < postings.length; k += 2) {
        var weight = Math.log(1 + postings[k + 1]) * rarity * (words[i] === word ? 2 : 1);
        scores.set(postings[k], (scores.get(postings[k]) || 0) + weight);
      }
    }
    return scores;
  }
  function search() {
    var text = box.value.normalize("NFKC").toLowerCase().replace(/ß/g, "ss");
    var asked = text.match(/[\p{L}\p{N}\p{M}]+(['’-][\p{L}\p{N}\p{M}]+)*/gu) || [];
    var hits = null;
    asked.forEach(function (word) {
      var scores = lookup(word), both = new Map();
      if (!hits) { hits = scores; return; }
      hits.forEach(function (score, n) { if (scores.has(n)) { both.set(n, score + scores.get(n)); } });
      hits = both;
    });
    var order = hits ? Array.from(hits).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; }) : [];
    list.replaceChildren.apply(list, order.slice(0, 100).map(function (hit) {
      var entry = index.documents[hit[0]], item = document.createElement("li");
      var link = document.createElement(entry.href ? "a" : "span"), note = document.createElement("p");
      if (entry.href) { link.href = entry.href; }
      link.textContent = entry.title;
      note.className = "quiet";
      note.textContent = entry.excerpt + " (" + entry.path + ")";
      item.append(link, note);
      return item;
    }));
    count.textContent = !asked.length ? "" : order.length || list.dataset.none;
    history.replaceState(null, "", asked.length ? "#" + encodeURIComponent(box.value) : "#");
  }
  box.addEventListener("input", search);
  try { box.value = decodeURIComponent(location.hash.slice(1)); } catch (error) { box.value = ""; }
  search();
  box.focus();
})();
]==]

-- Postings without positions, in one flat list a word: document, weight, document, weight, ...
local function compact(index)
  local documents, terms = {}, {}
  for i, document in ipairs(index.documents) do
    documents[i] = { path = document.path, title = document.title, excerpt = document.excerpt,
      href = html.url(paths.address(document.path)) }
  end
  for word, postings in pairs(index.terms) do
    local flat = {}
    for _, posting in ipairs(postings) do
      flat[#flat + 1] = posting[1]
      flat[#flat + 1] = posting[2]
    end
    terms[word] = flat
  end
  return quern.json.encode { documents = documents, terms = quern.map(terms) }
end

function page.write(index)
  local titles = {}
  for i, document in ipairs(index.documents) do titles[i] = document.title end
  local lang = text.is_korean(table.concat(titles, " ")) and "ko" or "en"
  local words = labels[lang]
  local body = table.concat {
    '<search class="tools"><label for="query">', words.box, '</label><input id="query" type="search" autocomplete="off">',
    '<output id="found" for="query"></output></search>\n<p class="quiet">', html.escape(words.help), " ",
    (words.documents:gsub("{n}", ("%d"):format(#index.documents))), '</p>\n<ol id="hits" data-none="', html.escape(words.none),
    '"></ol>\n',
  }
  return html.page { title = words.title, lang = lang, body = body, script = script, data = compact(index) }
end

return page
