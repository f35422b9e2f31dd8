-- Neovim's Lua is LuaJIT with the global vim; its options are set by assignment.
std = "luajit"
globals = { "vim" }
max_line_length = 120
cache = false
