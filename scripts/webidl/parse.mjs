// Prints the parsed WebIDL of every specification, as JSON: https://github.com/w3c/webidl2.js tells its form.
import idl from "@webref/idl";

console.log(JSON.stringify(await idl.parseAll()));
