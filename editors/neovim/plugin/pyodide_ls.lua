-- `vim.lsp.enable` says nothing when a program is missing, so this does. Asking for the state of a client
-- is not possible in the first 0.11 releases; there only setup() tells.
if vim.lsp.enable and vim.lsp.is_enabled then
  require("pyodide_ls").watch()
end

vim.api.nvim_create_user_command("PyodideLsPreview", function()
  require("pyodide_ls").preview()
end, { desc = "Run this file in the browser" })

vim.api.nvim_create_user_command("PyodideLsPreviewStop", function()
  require("pyodide_ls").stop_preview()
end, { desc = "End the preview of this file" })
