return { api = 1, options = { n = { type = 'integer', default = 2, min = 1 } }, map = function(doc, o, out)
  out:write('a/b.txt', quern.json.encode(quern.map { n = o.n, x = quern.null }))
  print(quern.text.words('a b'), quern.text.normalize('e', 'NFC'))
  return quern.parse('# x', 'markdown').body, quern.host.add(1, 2)
end, reduce = function(a, b) return a end }
