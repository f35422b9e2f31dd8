package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pyodide-ls/gallery"
)

func initCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "init",
		Short: "List the patterns of the gallery; init pattern NAME copies one to begin with.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := io.WriteString(c.OutOrStdout(), patternList(gallery.All()))
			return err
		},
	}
	c.AddCommand(initPatternCommand())
	return c
}

// patternList is the patterns for a terminal, each part below its title.
func patternList(all []gallery.Pattern) string {
	var text strings.Builder
	part := ""
	for _, p := range all {
		if p.Part != part {
			fmt.Fprintf(&text, "%s\n", p.Part)
			part = p.Part
		}
		fmt.Fprintf(&text, "  %-22s  %s\n", p.Name, p.Title)
	}
	text.WriteString("\npyodide-ls preview NAME shows one running, pyodide-ls init pattern NAME copies it.\n")
	return text.String()
}

func patternNames() (names []string) {
	for _, p := range gallery.All() {
		names = append(names, p.Name)
	}
	return names
}

func completePatterns(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return patternNames(), cobra.ShellCompDirectiveNoFileComp
}

func initPatternCommand() *cobra.Command {
	var into string
	c := &cobra.Command{
		Use:   "pattern NAME",
		Short: "Copy a pattern of the gallery, and what it shares with others, into a folder.",
		Long: "Copy a pattern of the gallery into a folder of its name, with the stylesheet and the wheel that it uses.\n" +
			"It overwrites nothing: where a file is there already, it writes nothing at all.\n\n" +
			"Exit status: 0 it was copied, 2 wrong usage or files in the way, 3 it could not be written.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			name := args[0]
			files, err := gallery.Folder(name)
			if err != nil {
				return err
			}
			if into == "" {
				into = name
			}
			written, err := lay(files, into)
			if _, usage := err.(*inTheWay); usage {
				return err
			}
			if err != nil {
				return trouble(c, fmt.Errorf("copy %s: %w", name, err))
			}
			_, err = fmt.Fprint(c.OutOrStdout(), nextSteps(filepath.ToSlash(into), written))
			return err
		},
		ValidArgsFunction: completePatterns,
	}
	c.Flags().StringVar(&into, "into", "", "the folder, which is made if it is not there (default: the pattern's name)")
	return c
}

// nextSteps says what can be done with a pattern that was copied.
func nextSteps(dir string, files int) string {
	word := dir
	if strings.ContainsAny(dir, " '\"$`\\") {
		word = "'" + strings.ReplaceAll(dir, "'", `'\''`) + "'"
	}
	return fmt.Sprintf(`wrote %d files into %s

  pyodide-ls preview %[3]s   # see it run
  pyodide-ls check %[3]s     # what is found as you change it

%[4]s says how it works, and what it takes on a server of your own.
`, files, dir, word, path.Join(dir, gallery.Readme))
}

// inTheWay says which files are there already.
type inTheWay struct {
	dir   string
	files []string
}

func (e *inTheWay) Error() string {
	return fmt.Sprintf("nothing was written, since %s has these already: %s; name another folder with --into", e.dir, strings.Join(e.files, ", "))
}

// lay writes files into a folder and says how many. It overwrites none: where one is there already it writes nothing
// and fails with an inTheWay.
func lay(files fs.FS, dir string) (written int, err error) {
	names, err := filesIn(files)
	if err != nil {
		return 0, err
	}
	there := &inTheWay{dir: dir}
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			there.files = append(there.files, name)
		}
	}
	if len(there.files) > 0 {
		return 0, there
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	return len(names), os.CopyFS(dir, files)
}

func filesIn(files fs.FS) (names []string, err error) {
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}
