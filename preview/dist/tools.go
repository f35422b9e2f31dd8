package dist

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// tools are what reaches out of the machine; tests put others in their place.
type tools struct {
	pack     func(ctx context.Context, r Release, into string) (file string, err error)
	download func(ctx context.Context, all []Wheel, into string) error
	answers  func(ctx context.Context, address string) error
}

// installed are the tools of the machine, with the registries and proxies that they are set up for.
var installed = tools{pack: npmPack, download: pipDownload, answers: head}

// npmPack has npm write the tarball of a release into an empty folder.
func npmPack(ctx context.Context, r Release, into string) (string, error) {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return "", errors.New("npm is not on PATH")
	}
	// npm would try again for minutes where there is no network.
	c := command(ctx, into, npm, "pack", "--json", "--ignore-scripts", "--pack-destination=.",
		"--fetch-retries=1", "--fetch-retry-mintimeout=1000", r.Package+"@"+r.Version)
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("npm pack: %w", npmComplaint(out, err))
	}
	found, err := filepath.Glob(filepath.Join(into, "*.tgz"))
	if err != nil || len(found) != 1 {
		return "", errors.New("npm pack: it wrote no tarball")
	}
	return found[0], nil
}

// npmComplaint is what npm says of an error in its JSON, or the error itself.
func npmComplaint(out []byte, err error) error {
	var said struct{ Error struct{ Summary string } }
	if json.Unmarshal(out, &said) == nil && said.Error.Summary != "" {
		return errors.New(strings.ReplaceAll(said.Error.Summary, "\n", " "))
	}
	return err
}

// pipDownload has pip write wheels into a folder. It asks for the hashes too, so that pip tells what is wrong.
func pipDownload(ctx context.Context, all []Wheel, into string) error {
	python, err := exec.LookPath("python3")
	if err != nil {
		return errors.New("python3 is not on PATH")
	}
	var list strings.Builder
	for _, w := range all {
		fmt.Fprintf(&list, "%s==%s --hash=sha256:%s\n", w.Name, w.Version, w.SHA256)
	}
	file := filepath.Join(into, "requirements.txt")
	if err := os.WriteFile(file, []byte(list.String()), 0o666); err != nil {
		return err
	}
	// The wheels are for the Python in Pyodide, which is newer than many a python3.
	c := command(ctx, into, python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
		"--only-binary", ":all:", "--ignore-requires-python", "--require-hashes", "--requirement", file, "--dest", into)
	var log bytes.Buffer
	c.Stderr = &log
	if err := c.Run(); err != nil {
		return fmt.Errorf("pip download: %w", pipComplaint(log.String(), err))
	}
	return nil
}

// pipComplaint is the last line of what pip said, or the error itself.
func pipComplaint(log string, err error) error {
	lines := strings.Split(strings.TrimSpace(log), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if said, ok := strings.CutPrefix(lines[i], "ERROR: "); ok {
			return errors.New(said)
		}
	}
	if last := lines[len(lines)-1]; last != "" {
		return errors.New(last)
	}
	return err
}

func command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	c.WaitDelay = 5 * time.Second // for a child that holds on to the output
	return c
}

// addressOf is where the content network has a release with all its packages.
// Source: pyodide.mjs of 0.26.4, 0.29.5 and 314.0.7, which loads packages from there in Node, 2026-11-27.
func addressOf(r Release) string {
	return "https://cdn.jsdelivr.net/pyodide/v" + r.Version + "/full/"
}

// patience is how long the content network may take to say that it is there.
const patience = 3 * time.Second

// head asks whether an address can be loaded.
func head(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, address, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask the content network: %w", err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("ask the content network: %s answers %s", address, response.Status)
	}
	return nil
}
