package scenario

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Command is a program that is run in a copy of the folder.
type Command struct {
	Run   []string `json:"run"`   // its words; python is the one that has the folder's requirements
	Exit  int      `json:"exit"`  // the status with which it must end
	Shows []string `json:"shows"` // what must stand in its output
	Each  bool     `json:"each"`  // whether it is run for each version, and not only for the newest
}

// Build is a command that makes the folder that is served. It is run once for all versions, in a copy of the pattern's.
type Build struct {
	Run   []string `json:"run"`   // its words, as those of a Command
	Serve string   `json:"serve"` // the folder that it makes
}

// Do runs the command in a folder, as a Command is run. It fails where the command does.
func (b Build) Do(ctx context.Context, dir, tools string, variables ...string) error {
	problem, err := Command{Run: b.Run}.Do(ctx, dir, tools, variables...)
	if err == nil && problem != "" {
		err = errors.New(problem)
	}
	return err
}

// lasting is how long a command may take.
const lasting = 5 * time.Minute

// Do runs the command in a folder, with the tools of another (its bin), if there is one, first on the path and some
// variables more. What is not as it must be is the problem, empty if nothing is; it fails when the command cannot be run.
func (c Command) Do(ctx context.Context, dir, tools string, variables ...string) (problem string, err error) {
	ctx, cancel := context.WithTimeout(ctx, lasting)
	defer cancel()
	name, path := c.Run[0], os.Getenv("PATH")
	if tools != "" {
		bin := filepath.Join(tools, "bin")
		if own := filepath.Join(bin, name); isFile(own) {
			name = own
		}
		path = bin + string(os.PathListSeparator) + path
	}
	run := exec.CommandContext(ctx, name, c.Run[1:]...)
	run.Dir = dir
	run.Env = append(os.Environ(), "PATH="+path)
	run.Env = append(run.Env, variables...)
	run.WaitDelay = 5 * time.Second // a browser of its own may hold its output
	out, err := run.CombinedOutput()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) && !errors.Is(err, exec.ErrWaitDelay) {
		return "", fmt.Errorf("run %s: %w", strings.Join(c.Run, " "), err)
	}
	return c.judge(run.ProcessState.ExitCode(), string(out)), nil
}

func (c Command) judge(exit int, out string) (problem string) {
	if exit != c.Exit {
		problem = fmt.Sprintf("it ended with %d and not with %d", exit, c.Exit)
	}
	for _, text := range c.Shows {
		if !strings.Contains(out, text) {
			problem += fmt.Sprintf("; it does not show %q", text)
		}
	}
	if problem == "" {
		return ""
	}
	return fmt.Sprintf("%s: %s in\n%s", strings.Join(c.Run, " "), strings.TrimPrefix(problem, "; "), out)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
