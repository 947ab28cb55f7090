return { name = 'a', api = 1, map = function(doc, opts, out) return { doc.title, #doc:text(), doc.meta } end }
