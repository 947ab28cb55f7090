"""titles.py LIBQUERN - the library from Python by ctypes: a plugin and a
document from memory, the value as JSON, an error with its place, and a
host function in Python."""
import ctypes as c
import json
import sys

lib = c.CDLL(sys.argv[1])


class Error(c.Structure):
    _fields_ = [("code", c.c_int), ("line", c.c_uint32), ("column", c.c_uint32), ("path", c.c_char * 256),
                ("message", c.c_char * 768), ("hint", c.c_char * 256), ("traceback", c.c_char * 1536)]


HOST = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_void_p, c.POINTER(c.c_void_p), c.POINTER(Error))
WRITE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.POINTER(c.c_char), c.c_size_t)


class HostFunction(c.Structure):
    _fields_ = [("name", c.c_char_p), ("call", HOST), ("user", c.c_void_p)]


class Config(c.Structure):
    _fields_ = [("size", c.c_size_t), ("alloc", c.c_void_p), ("alloc_user", c.c_void_p), ("plugin_path", c.c_void_p),
                ("plugin_path_count", c.c_size_t), ("max_document_bytes", c.c_size_t), ("max_nodes", c.c_uint32),
                ("max_depth", c.c_uint32), ("time_limit", c.c_double), ("memory_limit", c.c_size_t),
                ("output_limit", c.c_size_t), ("unsafe_html", c.c_int), ("host_ticks", c.c_int), ("log", c.c_void_p),
                ("log_user", c.c_void_p), ("host_functions", c.POINTER(HostFunction)),
                ("host_function_count", c.c_size_t)]


def check(code, error):
    if code:
        lib.quern_code_name.restype = c.c_char_p
        name = lib.quern_code_name(code).decode()
        raise RuntimeError(f"{name} at {error.path.decode()}:{error.line}: {error.message.decode()}")


def to_python(value):
    pieces = []

    @WRITE
    def write(user, data, size):
        pieces.append(c.string_at(data, size))
        return 0

    check(lib.quern_value_to_json(value, write, None), Error())
    return json.loads(b"".join(pieces))


@HOST
def shout(user, engine, arguments, out, error):
    text = json.dumps(to_python(c.c_void_p(arguments))[0].upper()).encode()
    return lib.quern_value_from_json(c.c_void_p(engine), text, c.c_size_t(len(text)), out, error)


def run(engine, source, text):
    error, plugin, doc, value = Error(), c.c_void_p(), c.c_void_p(), c.c_void_p()
    try:
        check(lib.quern_plugin_load_source(engine, b"titles.lua", source, c.c_size_t(len(source)), c.byref(plugin),
                                           c.byref(error)), error)
        check(lib.quern_doc_parse(engine, text, c.c_size_t(len(text)), None, c.byref(doc), c.byref(error)), error)
        check(lib.quern_plugin_map(plugin, doc, None, c.byref(value), c.byref(error)), error)
        return to_python(value)
    finally:
        lib.quern_value_free(value)
        lib.quern_doc_unref(doc)
        lib.quern_plugin_free(plugin)


functions = (HostFunction * 1)(HostFunction(b"shout", shout, None))
config = Config(size=c.sizeof(Config), host_functions=functions, host_function_count=1, time_limit=0.1)
engine, problem = c.c_void_p(), Error()
check(lib.quern_new(c.byref(config), c.byref(engine), c.byref(problem)), problem)
TEXT = "---\ntitle: 맷돌\n---\n## Stones\n".encode()
print(run(engine, b"return { api = 1, map = function(doc) return { doc.title, quern.host.shout('quern') } end }", TEXT))
for body in (b"error('no title')", b"while true do end"):
    try:
        run(engine, b"return { api = 1,\n map = function(doc) " + body + b" end }", TEXT)
    except RuntimeError as e:
        print(e)
lib.quern_free(engine)
