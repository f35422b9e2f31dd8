package lsp

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis/source"
)

// tap is the connection of an editor, which keeps what the server says.
type tap struct {
	io.ReadWriteCloser
	editor *fake

	mu     sync.Mutex
	in     framed
	out    framed
	asked  map[string]spoken // by id, what the editor asked
	heard  []spoken
	texts  map[uri.URI][]*source.File // each that a document had, as the editor said it
	places []place
}

// spoken is one message. Of an answer the method and the parameters are those of what was asked.
type spoken struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
	answer bool
	then   map[uri.URI]*source.File // the documents when it was asked
}

// place is where the server said that something stands.
type place struct {
	in    uri.URI
	texts []*source.File // of one of these it must be
	at    span
}

// span is a range as it is written.
type span struct{ Start, End struct{ Line, Character int } }

func (w *tap) Read(b []byte) (int, error) {
	n, err := w.ReadWriteCloser.Read(b)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.in.messages(b[:n]) {
		if m.Method == "" {
			asked := w.asked[string(m.ID)]
			m.Method, m.Params, m.answer, m.then = asked.Method, asked.Params, true, asked.then
		}
		w.heard = append(w.heard, m)
		w.locate(m)
	}
	return n, err
}

func (w *tap) Write(b []byte) (int, error) {
	w.mu.Lock()
	for _, m := range w.out.messages(b) {
		if m.Method == "" {
			continue // an answer, which another goroutine writes
		}
		m.then = map[uri.URI]*source.File{}
		for name, text := range w.editor.documents {
			u := w.editor.uri(name)
			m.then[u] = text
			if kept := w.texts[u]; len(kept) == 0 || kept[len(kept)-1] != text {
				w.texts[u] = append(kept, text)
			}
		}
		if m.ID != nil {
			w.asked[string(m.ID)] = m
		}
	}
	w.mu.Unlock()
	return w.ReadWriteCloser.Write(b)
}

// locate notes every range in a message, with the texts that it may be of: those of the document that stands nearest
// around it, as they are now. The answer to a question is of the text that was asked about.
func (w *tap) locate(m spoken) {
	about := func(raw json.RawMessage) uri.URI {
		var p struct {
			URI          uri.URI
			TextDocument struct{ URI uri.URI }
		}
		_ = json.Unmarshal(raw, &p) // of what is about no document
		if p.URI != "" {
			return p.URI
		}
		return p.TextDocument.URI
	}
	var walk func(raw json.RawMessage, in uri.URI)
	walk = func(raw json.RawMessage, in uri.URI) {
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			for _, one := range list {
				walk(one, in)
			}
			return
		}
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil {
			return
		}
		if nearer := about(raw); nearer != "" {
			in = nearer
		}
		for key, value := range fields {
			var at span
			switch {
			case key == "range" || key == "selection":
				_ = json.Unmarshal(value, &at)
				w.places = append(w.places, place{in, w.textsOf(in, m), at})
			case key == "position":
				_ = json.Unmarshal(value, &at.Start)
				at.End = at.Start
				w.places = append(w.places, place{in, w.textsOf(in, m), at})
			case strings.Contains(key, ":"): // an address, of the changes of an edit
				walk(value, uri.MustParse(key))
			default:
				walk(value, in)
			}
		}
	}
	if m.answer {
		walk(m.Result, about(m.Params))
	} else {
		walk(m.Params, "")
	}
}

// textsOf are the texts that a place in a file may be of.
func (w *tap) textsOf(u uri.URI, m spoken) []*source.File {
	if text := m.then[u]; text != nil {
		return []*source.File{text}
	}
	if texts := w.texts[u]; len(texts) > 0 {
		return texts
	}
	data, err := os.ReadFile(u.FsPath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // one that an edit makes is empty before
		return nil
	}
	return []*source.File{source.New(u.FsPath(), string(data))}
}

// all is what was heard so far.
func (w *tap) all() ([]spoken, []place) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]spoken(nil), w.heard...), append([]place(nil), w.places...)
}

// framed are bytes of which messages are made.
type framed struct{ held []byte }

// messages are those that are whole with these further bytes.
func (f *framed) messages(more []byte) (all []spoken) {
	f.held = append(f.held, more...)
	for {
		head, rest, ok := bytes.Cut(f.held, []byte("\r\n\r\n"))
		if !ok {
			return all
		}
		_, length, _ := bytes.Cut(head, []byte("Content-Length: "))
		length, _, _ = bytes.Cut(length, []byte("\r\n"))
		size, err := strconv.Atoi(string(length))
		if err != nil || len(rest) < size {
			return all
		}
		var m spoken
		if json.Unmarshal(bytes.Clone(rest[:size]), &m) == nil {
			all = append(all, m)
		}
		f.held = bytes.Clone(rest[size:])
	}
}

// listen puts a tap between the editor and its connection.
func listen(e *fake, c io.ReadWriteCloser) *tap {
	return &tap{ReadWriteCloser: c, editor: e, asked: map[string]spoken{}, texts: map[uri.URI][]*source.File{}}
}
