package source_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
)

// What is text is kept to the byte, so that writing it back loses nothing.
func TestDecodeKeepsText(t *testing.T) {
	tests := []struct{ name, text string }{
		{"empty", ""},
		{"ASCII", "print(1)\n"},
		{"all widths", "é€🐍"},
		{"all terminators", "a\r\nb\rc\n"},
		{"byte order mark", mark + "a"},
		{"nothing but a byte order mark", mark},
		{"a replacement character that was written as one", "a\uFFFDb"},
		{"control characters", "\x01\f\x1B\x7F"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.Decode([]byte(test.text))
			if err != nil {
				t.Fatalf("Decode: %v", err)
			}
			if got != test.text {
				t.Errorf("Decode = %q, want %q", got, test.text)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	const wide, invalid, nul = "is UTF-16 or UTF-32, ", "is not valid UTF-8: ", "holds a NUL byte in "
	tests := []struct{ name, data, want string }{
		{"UTF-16, little end first", "\xFF\xFEa\x00", wide},
		{"UTF-16, big end first", "\xFE\xFF\x00a", wide},
		{"UTF-32, little end first", "\xFF\xFE\x00\x00a\x00\x00\x00", wide},
		{"UTF-32, big end first", "\x00\x00\xFE\xFF\x00\x00\x00a", wide},
		{"UTF-16 with nothing but its mark", "\xFF\xFE", wide},
		{"UTF-16 without a mark", "a\x00b\x00", nul + "line 1:"},
		{"a NUL byte", "a\nb\x00c", nul + "line 2:"},
		{"a NUL byte behind CRLF", "a\r\n\r\n\x00", nul + "line 3:"},
		{"a NUL byte behind bare CR", "a\rb\r\x00", nul + "line 3:"},
		{"a NUL byte before an invalid one", "\x00\xFF", nul + "line 1:"},
		{"Latin-1", "# caf\xE9\n", invalid + "byte 0xE9 in line 1"},
		{"an invalid byte in a later line", "é\n🐍\n\n  \x80", invalid + "byte 0x80 in line 4"},
		{"an invalid byte behind bare CR", "a\rb\r\xFF", invalid + "byte 0xFF in line 3"},
		{"an invalid byte behind a replacement character", "\uFFFD\n\xC3(", invalid + "byte 0xC3 in line 2"},
		{"a cut-off character at the end", "a\n\xF0\x9F\x90", invalid + "byte 0xF0 in line 2"},
		{"an encoded surrogate", "\xED\xA0\x80", invalid + "byte 0xED in line 1"},
		{"an overlong encoding", "\xC0\xAF", invalid + "byte 0xC0 in line 1"},
		{"beyond Unicode", "\xF4\x90\x80\x80", invalid + "byte 0xF4 in line 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.Decode([]byte(test.data))
			if err == nil {
				t.Fatalf("Decode = %q, want an error", got)
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %q, want it to start with %q", err, test.want)
			}
			if got != "" {
				t.Errorf("Decode = %q beside an error, want nothing", got)
			}
		})
	}
}

// A later change to the bytes does not reach the text.
func TestDecodeCopies(t *testing.T) {
	data := []byte("abc")
	text, err := source.Decode(data)
	if err != nil {
		t.Fatalf("Decode: %v", err)
	}
	data[0] = 'x'
	if text != "abc" {
		t.Errorf("the text became %q", text)
	}
}
