package preview

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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

// Reload loads the page again.
func (t *Tab) Reload(ctx context.Context) error {
	within, cancel := t.within(ctx)
	defer cancel()
	if err := chromedp.Do(within, chromedp.Reload()); err != nil {
		return fmt.Errorf("load the page again: %w", err)
	}
	return nil
}

// Forget has the browser forget the files that it has kept, and the headers that they came with.
func (t *Tab) Forget(ctx context.Context) error {
	within, cancel := t.within(ctx)
	defer cancel()
	if _, err := chromedp.Call(within, network.ClearBrowserCache, cdp.Empty{}); err != nil {
		return fmt.Errorf("forget what was kept: %w", err)
	}
	return nil
}

// Press presses keys, one after the other, with others held down.
func (t *Tab) Press(ctx context.Context, keys string, held ...chromedp.Modifier) error {
	within, cancel := t.within(ctx)
	defer cancel()
	if err := chromedp.Do(within, chromedp.KeyEvent(keys, chromedp.KeyModifiers(held...), asByHand)); err != nil {
		return fmt.Errorf("press %q: %w", keys, err)
	}
	return nil
}

// asByHand has a page that prevents what a key does prevent its character, too.
func asByHand(key *input.DispatchKeyEventParams) {
	if key.Type == kb.KeyDown {
		key.Type = kb.KeyRawDown
	}
}

// keys are those that no character stands for, by the names that the web gives them.
// Source: https://www.w3.org/TR/uievents-key/#named-key-attribute-values.
var keys = map[string]string{
	"Enter": kb.Enter, "Tab": kb.Tab, "Escape": kb.Escape, "Backspace": kb.Backspace, "Delete": kb.Delete,
	"ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown,
}

// PressKey presses a key of the name that the web gives it, or that of a character. "Control+c" and "Shift+Tab" are keys
// with others held down.
func (t *Tab) PressKey(ctx context.Context, name string) error {
	var held []chromedp.Modifier
	for {
		with, key, found := strings.Cut(name, "+")
		modifier, is := modifiers[with]
		if !found || !is {
			return t.Press(ctx, cmp.Or(keys[name], name), held...)
		}
		held, name = append(held, modifier), key
	}
}

// modifiers are the keys that are held down while another is pressed.
var modifiers = map[string]chromedp.Modifier{
	"Alt": chromedp.ModifierAlt, "Control": chromedp.ModifierCtrl, "Meta": chromedp.ModifierMeta, "Shift": chromedp.ModifierShift,
}

// Point is a place in the page, in its pixels from the top left.
type Point struct{ X, Y float64 }

// drawn waits until the page is drawn as it stands, which is when the browser knows what lies under the mouse.
const drawn = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"

// Drag draws the mouse from one place to another, no faster than the page is drawn. As by hand, it does not leave the
// place at once: an element captures the mouse when it first moves, and until then a frame beside it would take it.
func (t *Tab) Drag(ctx context.Context, from, to Point) error {
	for _, step := range []struct {
		what    input.DispatchMouseEventType
		at      Point
		buttons int64
	}{
		{chromedp.MousePressed, from, 1}, {chromedp.MouseMoved, Point{from.X + 1, from.Y}, 1},
		{chromedp.MouseMoved, to, 1}, {chromedp.MouseReleased, to, 0},
	} {
		if err := t.mouse(ctx, step.what, step.at, step.buttons); err != nil {
			return fmt.Errorf("draw the mouse: %w", err)
		}
		if err := t.Evaluate(ctx, drawn, nil); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tab) mouse(ctx context.Context, what input.DispatchMouseEventType, at Point, buttons int64) error {
	within, cancel := t.within(ctx)
	defer cancel()
	return chromedp.Do(within, chromedp.MouseEvent(what, at.X, at.Y, func(p *input.DispatchMouseEventParams) {
		p.Button, p.Buttons, p.ClickCount = input.MouseButtonLeft, buttons, 1
	}))
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

// Click clicks at a place of the page, in CSS pixels from its upper left corner, whatever frame stands there.
func (t *Tab) Click(ctx context.Context, x, y float64) error {
	within, cancel := t.within(ctx)
	defer cancel()
	if err := chromedp.Do(within, chromedp.MouseClickXY(x, y)); err != nil {
		return fmt.Errorf("click at %v, %v: %w", x, y, err)
	}
	return nil
}
