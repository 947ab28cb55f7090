// outline.cpp - the library from C++: handles in std::unique_ptr, output into
// std::string, nodes by selector.
//
//     c++ outline.cpp $(pkg-config --cflags --libs quern)
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "quern.h"

template <typename T, void (*release)(T *)> struct Release {
	void operator()(T *p) const { release(p); }
};
using Engine = std::unique_ptr<quern, Release<quern, quern_free>>;
using Document = std::unique_ptr<quern_doc, Release<quern_doc, quern_doc_unref>>;
using Selector = std::unique_ptr<quern_selector, Release<quern_selector, quern_selector_free>>;

static void check(quern_code code, const quern_error &error)
{
	if (code != QUERN_OK)
		throw std::runtime_error(std::string(quern_code_name(code)) + ": " + error.message);
}

static quern_code append(void *user, const char *bytes, size_t len)
{
	try {
		static_cast<std::string *>(user)->append(bytes, len);
		return QUERN_OK;
	} catch (const std::bad_alloc &) {
		return QUERN_NOMEM; // no exception may cross the library
	}
}

static std::string text_of(quern_node node)
{
	std::string text;
	if (quern_node_text(node, append, &text) != QUERN_OK)
		throw std::bad_alloc();
	return text;
}

int main()
try {
	const std::string source = "# Mills\n\n## Querns\n\nTurned by *hand*.\n\n## Watermills\n";
	quern_error error;
	quern *q = nullptr;
	quern_doc *doc = nullptr;
	quern_selector *selector = nullptr;

	check(quern_new(nullptr, &q, &error), error);
	const Engine engine(q);
	check(quern_doc_parse(q, source.data(), source.size(), nullptr, &doc, &error), error);
	const Document document(doc);
	check(quern_selector_compile(q, "heading", &selector, &error), error);
	const Selector headings(selector);

	const quern_node root = quern_doc_root(doc);
	for (quern_node n = quern_selector_next(selector, root, root); !QUERN_NODE_NONE(n);
	     n = quern_selector_next(selector, root, n)) {
		uint32_t line = 0;
		quern_node_span(n, &line, nullptr, nullptr, nullptr);
		std::cout << line << std::string(static_cast<size_t>(quern_node_integer(n, "level", 1)), ' ') << text_of(n)
			  << '\n';
	}
	quern_selector *broken = nullptr;
	check(quern_selector_compile(q, "heading[", &broken, &error), error);
	return 1;
} catch (const std::exception &e) {
	std::cout << "as it should: " << e.what() << '\n';
	return 0;
}
