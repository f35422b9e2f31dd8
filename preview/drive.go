package preview

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Evaluate evaluates JavaScript in the page, waits for what it promises, and reads the value into what is given, unless
// that is nil.
func (t *Tab) Evaluate(ctx context.Context, js string, into any) error {
	within, cancel := t.within(ctx)
	defer cancel()
	value, err := chromedp.Run(within, chromedp.Evaluate[[]byte](js, chromedp.EvalAwaitPromise))
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("evaluate JavaScript: %w", ctx.Err())
	case err != nil:
		return fmt.Errorf("evaluate JavaScript: %w", err)
	case into == nil:
		return nil
	}
	return json.Unmarshal(value, into)
}

// Press presses keys, one after the other.
func (t *Tab) Press(ctx context.Context, keys string) error {
	within, cancel := t.within(ctx)
	defer cancel()
	if err := chromedp.Do(within, chromedp.KeyEvent(keys)); err != nil {
		return fmt.Errorf("press %q: %w", keys, err)
	}
	return nil
}

// Point is a place in the page, in its pixels from the top left.
type Point struct{ X, Y float64 }

// Drag draws the mouse from one place to another.
func (t *Tab) Drag(ctx context.Context, from, to Point) error {
	within, cancel := t.within(ctx)
	defer cancel()
	left := func(p *input.DispatchMouseEventParams) {
		p.Button, p.Buttons, p.ClickCount = input.MouseButtonLeft, 1, 1
	}
	err := chromedp.Do(within,
		chromedp.MouseEvent(chromedp.MousePressed, from.X, from.Y, left),
		chromedp.MouseEvent(chromedp.MouseMoved, to.X, to.Y, left),
		chromedp.MouseEvent(chromedp.MouseReleased, to.X, to.Y, left),
	)
	if err != nil {
		return fmt.Errorf("draw the mouse: %w", err)
	}
	return nil
}

// Look says how large the page is shown, and whether by somebody who likes it dark.
type Look struct {
	Width, Height int64
	Dark          bool
}

// Show shows the page otherwise.
func (t *Tab) Show(ctx context.Context, look Look) error {
	within, cancel := t.within(ctx)
	defer cancel()
	scheme := "light"
	if look.Dark {
		scheme = "dark"
	}
	if err := chromedp.Do(within, chromedp.EmulateViewport(look.Width, look.Height)); err != nil {
		return fmt.Errorf("show the page: %w", err)
	}
	_, err := chromedp.Call(within, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		return fmt.Errorf("show the page: %w", err)
	}
	return nil
}

// within is the page's context, which ends with another as well.
func (t *Tab) within(ctx context.Context) (context.Context, context.CancelFunc) {
	within, cancel := context.WithCancel(t.ctx)
	stop := context.AfterFunc(ctx, cancel)
	return within, func() { stop(); cancel() }
}
