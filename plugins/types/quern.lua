---@meta
-- Annotations of the plugin API for the Lua language server (LuaLS): add this
-- folder to `workspace.library` and editors complete and check plugins.
-- Never loaded by quern.
-- luacheck: ignore

---A plugin: the table that its file returns.
---@class quern.Plugin
---@field name string what `quern run NAME` calls it
---@field api 1
---@field summary string one line for `quern list`
---@field formats string[] the first is the default of --to
---@field options? table<string, quern.Option>
---@field map fun(doc: quern.Document, opts: table, out: quern.Output): any once per document; pure; nil is nothing
---@field reduce? fun(a: any, b: any, opts: table): any associative; applied in document order
---@field render? fun(results: quern.Results|any, opts: table, out: quern.Output): string with reduce: gets its value

---@class quern.Option
---@field type "string"|"integer"|"number"|"boolean"|"list"|"path content"
---@field default? any
---@field min? number
---@field max? number
---@field one_of? any[]
---@field required? boolean
---@field help? string

---Where a plugin writes files, below the folder of `-o DIR/`.
---@class quern.Output
local Output = {}
---@param path string relative; no "..", no empty part
---@param text string
function Output:write(path, text) end

---The values of map, by document.
---@class quern.Results
---@field [integer] { path: string, value: any }
local Results = {}
---@return fun(): string, any
function Results:each() end

---A document; read only.
---@class quern.Document
---@field path string as the user gave it
---@field format "markdown"|"commonmark"|"html"|"text"|"json"
---@field digest string
---@field meta? table<string, any> front matter; nil where there is none
---@field title string
---@field title_source "none"|"front_matter"|"heading"|"html"|"first_line"
---@field body quern.Node
---@field diagnostics { severity: string, line: integer, column: integer, message: string, hint: string }[]
local Document = {}
---@return { level: integer, text: string, line: integer, node: quern.Node, id?: string, anchor?: string }[] anchor: the name GitHub gives it
function Document:outline() end
---@return { level: integer, title: string, line: integer, heading?: quern.Node, blocks: quern.Node[] }[]
function Document:sections() end
---@return { src: string, alt: string, title?: string, line: integer, node: quern.Node }[]
function Document:images() end
---@return { href: string, text: string, title?: string, line: integer, node: quern.Node }[]
function Document:links() end
---Fields of the front matter under whatever form of their names: in small letters, without "-", "_" and spaces.
---@param names table<string, any> the plain names that are wanted are keys
---@return table<string, any>? by plain name; nil where there is none
function Document:fields(names) end
---@return string[][][] tables of rows of cells; spanned cells repeated
function Document:tables() end
---@return string
function Document:text() end
---@return string
function Document:source() end
---@param selector string
---@return quern.Node[]
function Document:select(selector) end
---@param selector string
---@return fun(): quern.Node
function Document:each(selector) end
---@param selector string
---@return quern.Node?
function Document:select_one(selector) end
---@param filter quern.Filter
---@return quern.Node
function Document:walk(filter) end
---@param format "html"|"markdown"|"text"|"json"|"tree"
---@param flags? { unsafe?: boolean, front_matter?: boolean, standalone?: boolean, wrap?: integer }
---@return string
function Document:render(format, flags) end

---Functions by kind; blocks and inlines get whole lists of children.  traverse is "topdown" or "bottomup".
---@alias quern.Filter table<string, (fun(node: quern.Node|quern.Node[]): nil|string|quern.Node|quern.Node[], boolean?)|string>

---@class quern.Node
---@field kind string
---@field parent? quern.Node
---@field first? quern.Node
---@field last? quern.Node
---@field next? quern.Node
---@field prev? quern.Node
---@field line? integer
---@field span? { line: integer, column: integer, end_line: integer, end_column: integer }
---@field attributes table<string, string>
---@field doc quern.Document
---@field level? integer heading
---@field ordered? boolean list
---@field start? integer list
---@field tight? boolean list
---@field checked? boolean item
---@field info? string code_block
---@field literal? string text, code, code_block, html_block, html_inline, template
---@field align? string[]|string table
---@field header? boolean table_row
---@field colspan? integer table_cell
---@field rowspan? integer table_cell
---@field label? string footnote_definition, footnote_reference
---@field tag? string container, span
---@field url? string link, image
---@field title? string link, image
local Node = {}
---@return fun(): quern.Node
function Node:children() end
---@return fun(): quern.Node
function Node:descendants() end
---@param flags? { alt?: boolean, one_line?: boolean }
---@return string
function Node:text(flags) end
---@return string
function Node:source() end
---@param selector string
---@return quern.Node[]
function Node:select(selector) end
---@param selector string
---@return fun(): quern.Node
function Node:each(selector) end
---@param selector string
---@return quern.Node?
function Node:select_one(selector) end
---@return { title: string, level: integer, line: integer, node: quern.Node }?
function Node:section() end
---The text of a node as a flat list: headings, paragraphs, items, captions and table rows in order, whatever nests them.
---links, images: also list those of each block; holding: leave out blocks without any of the finder's words, but no heading and no row;
---marks: at most 16 fields more, each the place where what is sought begins in the text, nil where it does not
---bare: nothing but kind, text and index, and with holding of headings and rows too only those that hold a word; links, images and
---marks say nothing then.  With bare alone, prose: no headings and rows; longest, longest_told: of no more bytes, and where they
---end as sentences do
---@param want? { links?: boolean, images?: boolean, holding?: quern.Search, bare?: boolean, prose?: boolean, longest?: integer, longest_told?: integer, marks?: { [1]: string, [2]: quern.Search|quern.SearchPart }[] }
---@return quern.Block[]
function Node:blocks(want) end
---Whether a text of Node:blocks(), the cell of a row or the text or title of an image has what is sought, without making
---tables of blocks.
---@param searches (quern.Search|quern.SearchPart|{ confirm: fun(text: string, from: integer, to: integer): any })[] at most 16;
---confirm is asked for each hit whether it counts
---@param kind? "all"|"heading"|"row"|"link"|"source" only blocks of this kind; link: the addresses of links instead; source: the
---bytes it was read from instead
---@return integer? of the first text that has any, the number of the first search that hits there; 0 where there is no source
function Node:finds(searches, kind) end
---The sentences under a node that say most, without near repetitions, in their order: quern.text.rank of its blocks.
---@param options? quern.node_rank_options
---@return string[] sentences, quern.place[] places, integer words, integer count of all sentences
function Node:rank(options) end
---@param filter quern.Filter
---@return quern.Node
function Node:walk(filter) end
---Do both say the same?  Positions and the order of attributes do not count; == asks whether it is the same node.
---@param other quern.Node
---@return boolean
function Node:equals(other) end
---@param format "html"|"markdown"|"text"|"json"|"tree"
---@param flags? { unsafe?: boolean, front_matter?: boolean, standalone?: boolean, wrap?: integer }
---@return string
function Node:render(format, flags) end

---@alias quern.Search fun(s: string, from?: integer): integer? made by quern.text.finder, capitals or sequence

---A search in a part of a text: first, last: only in so many bytes at its start or end; also: another search that must be
---found from the hit on, near: and end in so many bytes from where that begins.
---@class quern.SearchPart
---@field [1] quern.Search
---@field first? integer
---@field last? integer
---@field also? quern.Search
---@field near? integer

---What Node:blocks() gives.  Struck-through words, code blocks, templates and texts of images are not in it.
---@class quern.Block
---@field kind "heading"|"paragraph"|"item"|"caption"|"term"|"definition"|"row"
---@field text string one paragraph; a hard break is a newline; the cells of a row are joined by " \t "
---@field line? integer
---@field section? string the text of the heading above it, or its own
---@field headings quern.Block[] those above it, the outermost first
---@field level? integer heading
---@field in_item? boolean in a list item or a definition, at any depth
---@field first? quern.Node its first inline node; the others follow as .next
---@field cells? { text: string }[] row; a cell over several columns stands there as often
---@field header? string[] row: the texts of the header row above it
---@field is_header? boolean row
---@field rows? quern.Block[] row: all rows of its table
---@field holds? boolean with holding: a word of the finder is in its text
---@field index? integer with holding or bare: its place among all blocks
---@field links? { url: string, text: string, line: integer }[]
---@field images? { url: string, alt: string, title?: string, line: integer }[]

---@class quernlib
---@field null any the null of JSON
quern = {}
---Marks a table as a map, so that it stays one when empty.
---@param t? table
---@return table
function quern.map(t) end
---@param ... any a first "note", "warning" or "error" is the severity
function quern.log(...) end
---@param kind string
---@param fields? table
---@param children? (quern.Node|string)[]|string
---@return quern.Node
function quern.node(kind, fields, children) end
---@param text string
---@param format? "markdown"|"commonmark"|"html"|"text"|"json"|"auto"|string the first two and "auto" with parts of the dialect: "markdown-tables"
---@return quern.Document
function quern.parse(text, format) end

---Functions of the program that embeds quern, by name; none under the command line
---@type table<string, fun(...: any): any>
quern.host = {}

quern.json = {}
---@param value any
---@param pretty? boolean|"pretty"
---@return string
function quern.json.encode(value, pretty) end
---@param text string
---@return any value, string? message nil and a message where the text is no JSON
function quern.json.decode(text) end

---Text as readers see it: characters are grapheme clusters.
quern.text = {}
---@param s string
---@return integer
function quern.text.length(s) end
---@param s string
---@return integer columns of a terminal
function quern.text.width(s) end
---@param s string
---@param from integer
---@param to? integer
---@return string
function quern.text.sub(s, from, to) end
---@param s string
---@return string[]
function quern.text.characters(s) end
---@param s string
---@return string[]
function quern.text.words(s) end
---@param s string
---@return integer the length of that list
function quern.text.word_count(s) end
---A list of words that is written as one text, as a set.
---@param s string
---@param separators? string each of these bytes separates; blanks do where none are given
---@return table<string, true> what stands between them, without blanks at its ends
function quern.text.set(s, separators) end
---@param s string
---@return string[]
function quern.text.sentences(s) end
---Many words sought in one pass; make it once, outside of map.  Of those that begin at one place the longest is found.
---@param words string[] of at most 256 bytes each
---@param mode? string of i: ASCII letters in either case; w: not inside a longer word of ASCII letters; d: every digit
---stands for every other, "0:00" for all clock times
---@return fun(s: string, from?: integer): integer?, integer?, integer? first and last byte, number of the word
function quern.text.finder(words, mode) end
---Runs of two or more capitalised words that may be a proper name; make it once, outside of map.  A run begins at a known
---word or an initial, or at a word that like the next one is not common ("Jane Roe", not "Best Practices").
---@param common string words that make no name, with spaces between; their English inflections are meant as well
---@param known string words that begin a name whatever follows, with spaces between
---@return fun(s: string, from?: integer): integer?, integer? first and last byte
function quern.text.capitals(common, known) end
---Characters of the sets one after another at the start of a word; make it once, outside of map.
---@param sets string[] 1 to 16 strings, each the characters of one place, white space left out
---@param except? string words with spaces between: left out where they, or the word they begin, are one of these
---@return fun(s: string, from?: integer): integer?, integer? first and last byte
function quern.text.sequence(sets, except) end
---@class quern.ranked
---@field text string the sentence on one line
---@field entry integer the text it begins in
---@field score number
---@field confidence number its score beside the best one's
---@field rule "centrality"|"place"|"title" what counted most for it
---@class quern.rank_options
---@field title? string
---@field most? integer 1 to 128; 5 where it is not given
---@field least? integer as many as `most` where it is not given
---@field share? integer between least and most, one of so many sentences
---@field characters? integer at most so many together
---@field kinds? table<string, boolean> entries of other kinds only count as words
---@field cue? function a finder: sentences that begin with one of its words count more
---@field telling? function a finder: so do sections with one in their title
---@field passing? function a finder: and these count less
---@field weights? { place?: number, block?: number, section?: number, last?: number, title?: number }
---@field whole? boolean entries are ranked as they stand
---@class quern.node_rank_options: quern.rank_options
---@field noise? table<integer, boolean> numbers of blocks that are left out
---@field explain? boolean places have score, confidence and rule
---@class quern.place
---@field line? integer
---@field section? string
---@field score? number
---@field confidence? number
---@field rule? "centrality"|"place"|"title"
---The sentences that say most of some texts, without near repetitions, in their order.
---@param texts (string|table)[] a table has a text, and may have kind, section, headings and noise as a block has
---@param options? quern.rank_options
---@return quern.ranked[], integer words, integer sentences
function quern.text.rank(texts, options) end
---@param s string
---@param form? "NFC"|"NFD"|"NFKC"|"NFKD"
---@return string
function quern.text.normalize(s, form) end
---@param s string
---@return string
function quern.text.fold(s) end
---@param s string
---@return string
function quern.text.upper(s) end
---@param s string
---@return string
function quern.text.lower(s) end
---@param s string
---@return string
function quern.text.squeeze(s) end
---@param s string
---@return string
function quern.text.trim(s) end
---@param s string
---@param kind? "html"|"xml"|"markdown"|"csv"|"tsv"|"ics"|"url"|"pattern"
---@return string
function quern.text.escape(s, kind) end
