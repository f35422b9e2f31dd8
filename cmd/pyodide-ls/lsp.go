package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"pyodide-ls/lsp"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/live"
	"pyodide-ls/rules"
)

func lspCommand() *cobra.Command {
	var file string
	var limit int
	c := &cobra.Command{
		Use:   "lsp",
		Short: "Run the language server, on standard input and output.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			// An editor that is gone must not kill the server in the middle of an answer.
			signal.Ignore(syscall.SIGPIPE)
			log, done, err := logTo(file, c.ErrOrStderr())
			if err != nil {
				return err
			}
			defer done()
			if limit < 0 {
				return fmt.Errorf("--memory-limit: %d is no number of MiB", limit)
			}
			if limit > 0 && os.Getenv("GOMEMLIMIT") == "" {
				debug.SetMemoryLimit(int64(limit) << 20) // where the runtime collects more often
			}
			slog.SetDefault(log) // rules that fail say so there
			err = lsp.Serve(c.Context(), streams{c.InOrStdin(), c.OutOrStdout()}, lsp.Options{
				Rules: rules.All, Version: version(), Log: log, Previews: previews{}, Shelf: shelf(), About: aboutHere, MemoryLimit: uint64(limit) << 20,
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
	c.Flags().StringVar(&file, "log", "", "a file to log to, in which more is said than on standard error")
	c.Flags().IntVar(&limit, "memory-limit", 1024, "how many MiB to use before what can be worked out again is forgotten; 0 for any")
	c.Flags().Bool("stdio", true, "talk on standard input and output, the only way there is")
	return c
}

// logTo is a log in a file, in which all is said, or on standard error if none is named. The file is nobody else's: it may
// say what stands in documents.
func logTo(file string, stderr io.Writer) (log *slog.Logger, done func() error, err error) {
	if file == "" {
		return slog.New(slog.NewTextHandler(stderr, nil)), func() error { return nil }, nil
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("--log: %w", err)
	}
	return slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug})), f.Close, nil
}

// shelf is a folder for what editors are to show, "" where there is none for what can be made again.
func shelf() string {
	cache, err := dist.CacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "shelf", version())
}

// aboutHere is what the program is and what it found on the machine, as Markdown.
func aboutHere() string {
	return "```text\n" + aboutProgram() + "```\n"
}

// previews starts previews for editors.
type previews struct{}

// Start starts a preview of a file, of what is saved.
func (previews) Start(ctx context.Context, file string, w lsp.PreviewWatcher) (lsp.Preview, error) {
	f := runFlags{silence: defaultSilence}
	options, err := f.options(ctx, file)
	if err != nil {
		return nil, err
	}
	options.Began, options.Tell, options.Open, options.Left = w.Began, w.Observed, w.Open, w.Ended
	p, err := live.Start(ctx, options)
	if err != nil {
		return nil, err
	}
	return p, nil
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
