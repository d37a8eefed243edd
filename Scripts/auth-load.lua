-- Load on an authorization server, for wrk: one thread and one connection each, so that a thread is one client.
--
--   wrk -tN -cN -dT -s Scripts/auth-load.lua URL -- MODE key=value...
--
-- MODE   verify    GET /_verify with the header of `token`, or of one line of `tokens` after the other
--        register  POST `body` to `register`
--        flow      authorize, consent, token: a whole authorization by somebody who is signed in (`cookie`)
--        codes     authorize, consent: writes "code verifier" lines to `file`.THREAD
--        code      redeems the lines of `file`.THREAD, then stops
--        refresh   refreshes the tokens that stand in `file`.THREAD, each with its successor
-- Prints one line: "RATE per second (OK ok, FAILED failed)", and the last answer that failed.

local threads = {}
function setup(thread)
  thread:set("number", #threads + 1)
  threads[#threads + 1] = thread
end

local ffi = require("ffi")
ffi.cdef "typedef struct { long s, ns; } tspec; int clock_gettime(int, tspec *);"
local clock = ffi.new("tspec")
local function now() ffi.C.clock_gettime(1, clock); return tonumber(clock.s) + tonumber(clock.ns) * 1e-9 end

ok, failed, first, last, sample = 0, 0, nil, nil, ""
local mode, options, step, queue, head, out = nil, {}, 1, {}, 1, nil
local page, code = nil, nil
-- wrk has the first thread make one request that is never sent, to see how long it is.
local isProbe = false

local function escape(text)
  return (text:gsub("[^%w%-%._~]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

local function form(fields)
  local parts = {}
  for _, field in ipairs(fields) do parts[#parts + 1] = field[1] .. "=" .. escape(field[2]) end
  return table.concat(parts, "&")
end

local function post(path, fields)
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  if options.cookie then headers["Cookie"] = options.cookie end
  return wrk.format("POST", path, headers, form(fields))
end

local function hidden(name)
  local tag = page:match('<input[^>]-name="' .. name .. '"[^>]*>')
  return tag and tag:match('value="([^"]*)"') or ""
end

local function redemption(value, verifier)
  return post(options.token_path, {
    { "grant_type", "authorization_code" }, { "code", value }, { "client_id", options.client },
    { "redirect_uri", options.redirect }, { "code_verifier", verifier },
  })
end

function init(arguments)
  mode, isProbe = arguments[1], number == 1
  for index = 2, #arguments do
    local name, value = arguments[index]:match("^([%w_]+)=(.*)$")
    options[name] = value
  end
  local own = options.file and (options.file .. "." .. number)
  if mode == "codes" then out = assert(io.open(own, "w")) end
  if options.tokens then for line in io.lines(options.tokens) do queue[#queue + 1] = line end end
  if mode == "code" or mode == "refresh" then for line in io.lines(own) do queue[#queue + 1] = line end end
end

function request()
  first = first or now()
  if mode == "verify" then
    local token = options.token
    if options.tokens then
      token = queue[head]
      head = head % #queue + 1
    end
    return wrk.format("GET", "/_verify", {
      ["X-MCP-Resource"] = options.resource, ["X-Original-Method"] = "POST",
      ["Authorization"] = "Bearer " .. token })
  elseif mode == "register" then
    return wrk.format("POST", options.register, { ["Content-Type"] = "application/json" }, options.body)
  elseif mode == "code" then
    local line = queue[head]
    if not line then wrk.thread:stop(); line = "none none" end
    if not isProbe then head = head + 1 end
    isProbe = false
    local value, verifier = line:match("(%S+) (%S+)")
    return redemption(value, verifier)
  elseif mode == "refresh" then
    local value = queue[head] or "none"
    if not isProbe then head = head + 1 end
    isProbe = false
    return post(options.token_path, {
      { "grant_type", "refresh_token" }, { "refresh_token", value }, { "client_id", options.client } })
  elseif step == 1 then
    return wrk.format("GET", options.authorize, { ["Cookie"] = options.cookie })
  elseif step == 2 then
    return post(options.consent, {
      { "transaction", hidden("transaction") }, { "form_token", hidden("form_token") }, { "decision", "allow" } })
  end
  return redemption(code, options.verifier)
end

local function fail(status, body)
  failed, step = failed + 1, 1
  sample = status .. " " .. (body or ""):sub(1, 160):gsub("%s+", " ")
end

function response(status, headers, body)
  last = now()
  if mode == "flow" or mode == "codes" then
    if step == 1 then
      if status ~= 200 then return fail(status, body) end
      page, step = body, 2
    elseif step == 2 then
      local location = headers["Location"] or ""
      code = location:match("[?&]code=([^&]+)")
      if not code then return fail(status, body) end
      if mode == "codes" then
        out:write(code, " ", options.verifier, "\n")
        out:flush()
        ok, step = ok + 1, 1
      else
        step = 3
      end
    else
      if status ~= 200 then return fail(status, body) end
      ok, step = ok + 1, 1
    end
    return
  end
  local wanted = tonumber(options.status or "0")
  if status == wanted or (wanted == 0 and (status == 200 or status == 201)) then
    ok = ok + 1
    if mode == "refresh" then queue[#queue + 1] = body:match('"refresh_token"%s*:%s*"([^"]+)"') end
  elseif not (mode == "code" and head > #queue + 1) then
    fail(status, body)
  end
end

function done()
  local all, bad, start, stop, text = 0, 0, nil, nil, ""
  for _, thread in ipairs(threads) do
    all, bad = all + thread:get("ok"), bad + thread:get("failed")
    local from, to = thread:get("first"), thread:get("last")
    if from and (not start or from < start) then start = from end
    if to and (not stop or to > stop) then stop = to end
    if thread:get("sample") ~= "" then text = " " .. thread:get("sample") end
  end
  local took = (start and stop and stop > start) and stop - start or 1
  io.write(string.format("%.0f per second (%d ok, %d failed)%s\n", all / took, all, bad, text))
end
