-- What the picture shows: the example with its findings, and the page of one of them. PICTURE_READY is a file
-- to write when all of it is on the screen.
local root = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h:h")
vim.opt.runtimepath:prepend(root .. "/editors/neovim")
vim.o.termguicolors = true
vim.cmd.colorscheme("habamax")
for group, colours in pairs({
  StatusLine = { fg = "#bcbcbc", bg = "#303030" },
  NormalFloat = { bg = "#262626" },
  FloatBorder = { fg = "#767676", bg = "#262626" },
  ["@markup.raw"] = { fg = "#87afaf" },
}) do
  vim.api.nvim_set_hl(0, group, colours)
end
vim.opt.fillchars = { eob = " " }
vim.o.number = true
vim.o.signcolumn = "yes"
vim.o.laststatus = 2
vim.o.winborder = "rounded"
vim.o.shortmess = vim.o.shortmess .. "IF"
vim.o.showcmd = false
vim.o.ruler = true
vim.diagnostic.config({
  severity_sort = true,
  virtual_text = { prefix = "●", spacing = 2 },
  signs = {
    text = { [vim.diagnostic.severity.ERROR] = "E", [vim.diagnostic.severity.WARN] = "W" },
  },
})
vim.lsp.enable("pyodide_ls")

local function floats()
  return vim.tbl_filter(function(win)
    return vim.api.nvim_win_get_config(win).relative ~= ""
  end, vim.api.nvim_list_wins())
end

local function when(condition, go_on)
  if condition() then
    vim.schedule(go_on)
  else
    vim.defer_fn(function()
      when(condition, go_on)
    end, 50)
  end
end

vim.api.nvim_create_autocmd("UIEnter", {
  callback = function()
    when(function()
      return #vim.diagnostic.get(0) == 3
    end, function()
      vim.fn.winrestview({ topline = 15, lnum = 31, col = 61 })
      -- Only when the move of the cursor is noticed: it closes the window.
      vim.api.nvim_create_autocmd("CursorMoved", {
        once = true,
        callback = vim.schedule_wrap(function()
          vim.lsp.buf.hover({ max_height = 14, max_width = 92, anchor_bias = "below" })
        end),
      })
    end)
    when(function()
      return #floats() > 0
    end, function()
      vim.cmd.redraw()
      vim.fn.writefile({}, vim.env.PICTURE_READY)
    end)
  end,
})
