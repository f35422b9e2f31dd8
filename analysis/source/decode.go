package source

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Decode checks that bytes read from a file are text, and returns them. It fails with a sentence for a
// person when they are UTF-16 or UTF-32, hold a NUL byte, or are not valid UTF-8. A byte order mark stays
// part of the text, so that writing the file back loses nothing.
func Decode(data []byte) (string, error) {
	for _, mark := range [][]byte{{0xFF, 0xFE}, {0xFE, 0xFF}, {0, 0, 0xFE, 0xFF}} {
		if bytes.HasPrefix(data, mark) {
			return "", errors.New("is UTF-16 or UTF-32, and Python source is read as UTF-8: save it as UTF-8")
		}
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return "", fmt.Errorf("holds a NUL byte in line %d: it is not a text file", lineAt(data, at))
	}
	if !utf8.Valid(data) {
		at := invalidAt(data)
		return "", fmt.Errorf("is not valid UTF-8: byte 0x%02X in line %d", data[at], lineAt(data, at))
	}
	return string(data), nil
}

// lineAt is the 1-based line of an offset, counted as File counts.
func lineAt(data []byte, at int) int { return len(lineStarts(string(data[:at]))) }

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}
