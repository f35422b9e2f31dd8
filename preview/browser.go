package preview

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// ErrNoBrowser says that there is no browser here that can be driven.
var ErrNoBrowser = errors.New("there is no Chromium or Chrome here: install one, or name it in PYODIDE_LS_BROWSER")

// BrowserVariable names the environment variable that says which browser is to be used.
const BrowserVariable = "PYODIDE_LS_BROWSER"

// browserNames are what Chromium and its kin are called on a path, the first to be had first.
var browserNames = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"}

// browserPlaces are where they stand that are on no path, by operating system.
var browserPlaces = map[string][]string{
	"darwin":  {"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"},
	"windows": {`C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`},
}

// FindBrowser is the path of a browser that can be driven: what the environment names, else the first that is here. It
// fails with ErrNoBrowser, or says that what is named is none.
func FindBrowser() (string, error) {
	if named := os.Getenv(BrowserVariable); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("%s: %w", BrowserVariable, err)
		}
		return path, nil
	}
	for _, name := range append(browserNames, browserPlaces[runtime.GOOS]...) {
		if path, err := exec.LookPath(name); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", ErrNoBrowser
}

// Browser is a headless browser of our own, with a profile of its own. It ends with the context that it was started with.
type Browser struct {
	ctx  context.Context
	stop context.CancelFunc
}

// browserStarts is how long a browser may take until it can be driven.
const browserStarts = 30 * time.Second

// browserEnds is how long it may take to end by itself.
const browserEnds = 3 * time.Second

// Window says how a browser is shown, and what it remembers.
type Window struct {
	Visible bool
	Profile string // the folder of a profile that stays when the browser ends; without one it is empty, and goes
}

// StartBrowser starts a browser. It fails when there is none, or when it does not come up.
func StartBrowser(ctx context.Context, window Window) (*Browser, error) {
	path, err := FindBrowser()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.WSURLReadTimeout(browserStarts),
		chromedp.WindowSize(1280, 900),
		chromedp.Flag("js-flags", "--expose-gc"), // what is still there is told behind a collection
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// What the browser would show around the page, whose popups take a fifth of the time; and the cache of pages to go
		// back to, in which one that was left goes on holding its socket.
		chromedp.Flag("disable-features", "BackForwardCache,Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"),
		// WebGPU without a graphics card.
		chromedp.Flag("enable-unsafe-webgpu", true),
		chromedp.Flag("use-webgpu-adapter", "swiftshader"),
		// Pages that nobody looks at are not to be slowed down.
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
	)
	if window.Visible {
		options = append(options, chromedp.VisibleWindow)
	}
	if window.Profile != "" {
		options = append(options, chromedp.UserDataDir(window.Profile))
	}
	if os.Geteuid() == 0 { // for which Chromium has no sandbox
		options = append(options, chromedp.NoSandbox)
	}
	// A context that ends kills the browser, which then leaves files behind; once it is there, it is asked to end.
	life, kill := context.WithCancel(context.WithoutCancel(ctx))
	starting := context.AfterFunc(ctx, kill)
	allocated, stopAllocator := chromedp.NewExecAllocator(life, options...)
	opened, stopBrowser := chromedp.NewContext(allocated)
	stop := func() { kill(); stopBrowser(); stopAllocator() }
	if err := chromedp.Do(opened); err != nil {
		stop()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	starting()
	b := &Browser{ctx: opened}
	b.stop = sync.OnceFunc(func() { b.ask(); stop() })
	context.AfterFunc(ctx, b.stop)
	return b, nil
}

// ask has the browser end by itself, unless it takes too long.
func (b *Browser) ask() {
	ctx, cancel := context.WithTimeout(b.ctx, browserEnds)
	defer cancel()
	chromedp.Cancel(ctx) //nolint:errcheck // it is ended in any case
}

// Close ends the browser and all of its pages.
func (b *Browser) Close() { b.stop() }

// Tab is a page of a browser.
type Tab struct {
	ctx     context.Context
	stop    context.CancelFunc
	crashed chan struct{}
}

// Open opens a page. Dialogs are dismissed: nobody is there to answer them.
func (b *Browser) Open(url string) (*Tab, error) {
	ctx, stop := chromedp.NewContext(b.ctx)
	t := &Tab{ctx: ctx, stop: stop, crashed: make(chan struct{})}
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, fmt.Errorf("open a page: %w", err)
	}
	go t.dismiss(chromedp.Events(ctx, page.JavascriptDialogOpening))
	go t.crash(chromedp.Events(ctx, inspector.TargetCrashed))
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		stop()
		return nil, fmt.Errorf("open the page: %w", err)
	}
	return t, nil
}

// dismiss answers dialogs, which hold up the page until somebody does.
func (t *Tab) dismiss(dialogs iter.Seq2[page.EventJavascriptDialogOpening, error]) {
	for _, err := range dialogs {
		if err != nil {
			return
		}
		if _, err := chromedp.Call(t.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}); err != nil {
			return // the page is gone
		}
	}
}

func (t *Tab) crash(crashes iter.Seq2[inspector.EventTargetCrashed, error]) {
	for _, err := range crashes {
		if err == nil {
			close(t.crashed)
		}
		return
	}
}

// Crashed is closed when the page's process has died.
func (t *Tab) Crashed() <-chan struct{} { return t.crashed }

// Close closes the page.
func (t *Tab) Close() { t.stop() }

// Picture is what the page shows, as PNG.
func (t *Tab) Picture() ([]byte, error) {
	png, err := chromedp.Run(t.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return nil, fmt.Errorf("take a picture: %w", err)
	}
	return png, nil
}
