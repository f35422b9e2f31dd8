package gallery

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// WheelFile is the file name of the wheel of the Python package bridge.
const WheelFile = "pyodide_ls_bridge-1.0.0-py3-none-any.whl"

// bridge is the folder of the package: what is packed lies in its src, what is said of it in its pyproject.toml.
const bridge = "bridge"

// Wheel is the wheel of the Python package bridge, which is the same for the same files.
func Wheel() ([]byte, error) { return wheel(embedded) }

// project is what the metadata of a wheel is made from.
type project struct {
	Name           string
	Version        string
	Description    string
	RequiresPython string `toml:"requires-python"`
}

func wheel(files fs.FS) ([]byte, error) {
	text, err := fs.ReadFile(files, path.Join(bridge, "pyproject.toml"))
	if err != nil {
		return nil, err
	}
	var settings struct{ Project project }
	if err := toml.Unmarshal(text, &settings); err != nil {
		return nil, fmt.Errorf("%s/pyproject.toml: %w", bridge, err)
	}
	about := settings.Project
	distribution := strings.NewReplacer("-", "_", ".", "_").Replace(strings.ToLower(about.Name)) + "-" + about.Version
	if distribution+"-py3-none-any.whl" != WheelFile {
		return nil, fmt.Errorf("%s/pyproject.toml: %s %s is not what %s is made of", bridge, about.Name, about.Version, WheelFile)
	}
	entries, err := entriesIn(files, path.Join(bridge, "src"))
	if err != nil {
		return nil, err
	}
	info := distribution + ".dist-info/"
	entries[info+"METADATA"] = []byte(about.metadata())
	entries[info+"WHEEL"] = []byte("Wheel-Version: 1.0\nGenerator: pyodide-ls\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
	entries[info+"RECORD"] = record(entries, info+"RECORD")
	return archive(entries)
}

func (p project) metadata() string {
	text := fmt.Sprintf("Metadata-Version: 2.1\nName: %s\nVersion: %s\n", p.Name, p.Version)
	if p.Description != "" {
		text += "Summary: " + p.Description + "\n"
	}
	if p.RequiresPython != "" {
		text += "Requires-Python: " + p.RequiresPython + "\n"
	}
	return text
}

// record lists files with their hashes and sizes, and itself without.
func record(entries map[string][]byte, itself string) []byte {
	var list bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		sum := sha256.Sum256(entries[name])
		fmt.Fprintf(&list, "%s,sha256=%s,%d\n", name, base64.RawURLEncoding.EncodeToString(sum[:]), len(entries[name]))
	}
	fmt.Fprintf(&list, "%s,,\n", itself)
	return list.Bytes()
}

// packed is the date of all that is packed. A zip knows none before 1980.
var packed = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

// archive is a zip of files by their paths. Nothing in it is compressed, since what a compressor makes changes with it.
func archive(entries map[string][]byte) ([]byte, error) {
	var data bytes.Buffer
	w := zip.NewWriter(&data)
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		header := &zip.FileHeader{Name: name, Method: zip.Store, Modified: packed}
		header.SetMode(0o644)
		file, err := w.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := file.Write(entries[name]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return data.Bytes(), nil
}

// archived is a file system of files by their paths.
func archived(entries map[string][]byte) (fs.FS, error) {
	data, err := archive(entries)
	if err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(data), int64(len(data)))
}
