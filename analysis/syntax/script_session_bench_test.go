package syntax

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkScriptEdit is one character typed in the middle of 2,000 lines of JavaScript: in a sound text, and in
// one whose statement is still half-typed; from the text before it, and from nothing.
func BenchmarkScriptEdit(b *testing.B) {
	var whole strings.Builder
	for i := range 400 {
		fmt.Fprintf(&whole, "export function step%[1]d(state) {\n  const next = state.items.filter((item) => item.id !== %[1]d);\n  return { ...state, next };\n}\n\n", i)
	}
	text := whole.String()
	at := len(text)/2 + strings.Index(text[len(text)/2:], "  const next")
	for _, typed := range []struct{ name, text string }{
		{"sound", "  run(next);\n"}, {"call", "  run(next\n"}, {"object", "  const a = {\n"}, {"template", "  const a = `\n"}, {"quote", "  const a = '\n"},
	} {
		sound, odd := text[:at]+typed.text+text[at:], text[:at]+"//\n"+typed.text+text[at:]
		b.Run(typed.name+"/session", func(b *testing.B) {
			var s ScriptSession
			defer s.Close()
			if _, err := s.Parse(text, JavaScript); err != nil {
				b.Fatal(err)
			}
			for i := 0; b.Loop(); i++ {
				if _, err := s.Parse([]string{sound, odd}[i%2], JavaScript); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(typed.name+"/fresh", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if _, err := ParseScript([]string{sound, odd}[i%2], JavaScript); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
