std = "lua54"
max_line_length = 130
files["plugins"] = { read_globals = { "quern" } }
files["tests"] = { read_globals = { "quern" } }
exclude_files = { "tests/fuzz/corpus" } -- seeds are as wrong as they like
