package config

import (
	"bytes"
	"encoding/json"
)

// object is a part of a JSON Schema.
type object = map[string]any

// Schema is the JSON Schema (draft-07, which editors of TOML read) of a pyodide-ls.toml, and of [tool.pyodide-ls]. It
// ends with a line break. describe says what a rule is about, in one line.
//
// A schema cannot say all that Parse does: whether a glob or a set of versions is right.
func Schema(known Known, describe func(rule string) string) ([]byte, error) {
	rules := object{}
	for _, rule := range known.Rules {
		rules[rule] = described(describe(rule), object{"allOf": []object{ref("level")}}) // beside a $ref nothing counts
	}
	definitions := object{
		"level": oneWord(levels...),
		"realm": described("Where the Python runs when nothing else tells.", oneWord(realms...)),
		"target-version": object{
			"type": "string", "description": "The versions of Pyodide that the code is for.",
			"examples": []string{"0.28", "0.27..0.29", ">=0.28"},
		},
		"jspi":  object{"type": "boolean", "description": "Whether the browsers can switch stacks (JavaScript Promise Integration)."},
		"rules": described("How loudly each rule speaks.", table(rules)),
		"name":  object{"type": "string", "pattern": dotted.String()},
		"qualified": object{
			"type": "string", "pattern": `^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)+$`,
			"description": "A name with its module, as imports give it, such as \"hardware.read\".",
		},
	}
	override := table(object{
		"paths": described("Globs, relative to the folder of this file; ** is any number of folders.", object{
			"type": "array", "minItems": 1, "items": object{"type": "string", "minLength": 1}, "examples": [][]string{{"workers/**"}},
		}),
		"realm": ref("realm"), "target-version": ref("target-version"), "jspi": ref("jspi"), "rules": ref("rules"),
	})
	override["required"] = []string{"paths"}
	banned := table(object{
		"call": ref("qualified"), "replacement": ref("qualified"),
		"message": object{"type": "string", "description": "Why it is not wanted."},
	})
	banned["required"] = []string{"call"}
	schema := table(object{
		"exclude":        listOf("What is not looked at, in the language of .gitignore.", object{"type": "string"}),
		"realm":          ref("realm"),
		"target-version": ref("target-version"),
		"jspi":           ref("jspi"),
		"rules":          ref("rules"),
		"overrides":      listOf("Settings for some paths; the last that matches and says something wins.", override),
		"calls": described("What calls do that no table knows.", table(object{
			"blocking":   listOf("Calls that keep their thread until they are done.", ref("qualified")),
			"keeping":    listOf("JavaScript that calls what it is given after it has returned; a name alone is a method.", ref("name")),
			"destroying": listOf("Calls that destroy the proxies that they are given.", ref("qualified")),
			"owning":     listOf("Calls that keep the proxies that they are given as long as the page lives, and give them back.", ref("qualified")),
			"banned":     listOf("Calls that this project does not want.", banned),
		})),
	})
	schema["$schema"], schema["title"], schema["definitions"] = "http://json-schema.org/draft-07/schema#", "Settings of pyodide-ls", definitions
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	err := to.Encode(schema)
	return out.Bytes(), err
}

// table is a table that has these keys and no others.
func table(keys object) object {
	return object{"type": "object", "properties": keys, "additionalProperties": false}
}

func ref(name string) object { return object{"$ref": "#/definitions/" + name} }

func oneWord[T ~string](words ...T) object { return object{"type": "string", "enum": words} }

func listOf(description string, items object) object {
	return object{"type": "array", "description": description, "items": items}
}

func described(description string, schema object) object {
	schema["description"] = description
	return schema
}
