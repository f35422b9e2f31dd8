package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"pyodide-ls/preview"
)

// What the README shows: the application of testdata/showcase runs as it stands, somebody presses its buttons, and its
// mistakes are measured beside it.
func TestPreviewShowcase(t *testing.T) {
	s := showPreview(t, filepath.Join("..", "..", "testdata", "showcase"))
	if err := s.tab.Show(t.Context(), preview.Look{Width: 1280, Height: 640}); err != nil {
		t.Fatal(err)
	}
	until(t, s.tab, has("#state", "Waiting"))
	until(t, s.tab, has(observationRows, "borrowed proxy"))
	var frame struct{ X, Y, Width float64 }
	if err := s.tab.Evaluate(t.Context(), `document.querySelector("iframe").getBoundingClientRect().toJSON()`, &frame); err != nil {
		t.Fatal(err)
	}
	left := frame.X + max(0, frame.Width-640)/2
	for _, x := range []float64{30, 130} {
		if err := s.tab.Click(t.Context(), left+x, frame.Y+114); err != nil {
			t.Fatal(err)
		}
	}
	until(t, s.tab, `[...document.querySelectorAll("#findings li")].filter((e) => e.textContent.includes("called after it was destroyed")).length >= 2`)
	picture, err := s.tab.Picture()
	if err != nil {
		t.Fatal(err)
	}
	const committed = "../../docs/pictures/preview.png"
	if *update {
		if err := os.WriteFile(committed, picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := sizeOf(t, picture), sizeOf(t, []byte(read(t, committed))); got != want {
		t.Errorf("the picture is %v large and the committed one %v: go test ./cmd/pyodide-ls -run TestPreviewShowcase -update", got, want)
	}
}

// sizeOf is the size of a picture in pixels.
func sizeOf(t *testing.T, picture []byte) image.Point {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return decoded.Bounds().Size()
}
