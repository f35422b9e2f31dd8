package main

import (
	"errors"
	"io"
	"log/slog"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"pyodide-ls/lsp"
	"pyodide-ls/rules"
)

func lspCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "lsp",
		Short: "Run the language server, on standard input and output.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			// An editor that is gone must not kill the server in the middle of an answer.
			signal.Ignore(syscall.SIGPIPE)
			log := slog.New(slog.NewTextHandler(c.ErrOrStderr(), nil))
			slog.SetDefault(log) // rules that fail say so there
			err := lsp.Serve(c.Context(), streams{c.InOrStdin(), c.OutOrStdout()}, lsp.Options{
				Rules: rules.All, Version: version(), Log: log,
			})
			if errors.Is(err, lsp.ErrNoShutdown) {
				return status(1) // as the protocol has it
			}
			if err != nil {
				log.Error("server ended", "error", err)
				return status(exitTrouble)
			}
			return nil
		},
	}
	c.Flags().Bool("stdio", true, "talk on standard input and output, the only way there is")
	return c
}

// streams are standard input and output as one.
type streams struct {
	io.Reader
	io.Writer
}

// Close closes what can be closed, which makes a pending read end.
func (s streams) Close() error {
	if c, ok := s.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
