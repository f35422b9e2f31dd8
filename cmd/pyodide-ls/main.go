// Command pyodide-ls checks Pyodide bridge code: the Python that runs in a web page and talks to JavaScript.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit statuses.
const (
	exitClean    = 0 // nothing at warning or above
	exitFindings = 1
	exitUsage    = 2 // wrong usage or configuration
	exitTrouble  = 3 // something could not be read or finished
)

// status is an exit status as an error, for which everything has been said already.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func main() {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program: arguments and streams in, an exit status out.
func run(ctx context.Context, args []string, in io.Reader, out, log io.Writer) int {
	root := &cobra.Command{
		Use:           "pyodide-ls",
		Short:         "Checks Pyodide bridge code: the Python that runs in a web page and talks to JavaScript.",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(log)
	root.SetArgs(args)
	root.AddCommand(checkCommand(), migrateCommand(), whereCommand(), targetsCommand(), doctorCommand(), runCommand(), previewCommand(), initCommand(), runtimeCommand(), lspCommand(), explainCommand(), rulesCommand(), schemaCommand(), versionCommand(), newRuleCommand())
	err := root.ExecuteContext(ctx)
	var s status
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &s):
		return int(s)
	}
	fmt.Fprintf(log, "pyodide-ls: %v\n", err)
	return exitUsage
}
