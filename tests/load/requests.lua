-- What wrk asks: kinds of requests by name, each with an id of its own, in
-- turn. Arguments after `--`: a session's id, milliseconds between two
-- requests of one connection, and the kinds.
local claim = '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"'
  .. ',"io.modelcontextprotocol/clientCapabilities":{}}'

local function fields(more)
  local all = {
    ["Content-Type"] = "application/json",
    ["Accept"] = "application/json, text/event-stream",
  }
  for name, value in pairs(more) do all[name] = value end
  return all
end

local function post(id, method, params, more)
  return wrk.format("POST", nil, fields(more), string.format(
    '{"jsonrpc":"2.0","id":%d,"method":"%s","params":{%s}}',
    id, method, params))
end

local function modern(id, method, params, name)
  local more = {
    ["MCP-Protocol-Version"] = "2026-07-28", ["Mcp-Method"] = method,
  }
  if name then more["Mcp-Name"] = name end
  return post(id, method, params .. claim, more)
end

local kinds = {
  ping = function(id, session)
    return post(id, "ping", "", {["Mcp-Session-Id"] = session})
  end,
  initialize = function(id)
    return post(id, "initialize", '"protocolVersion":"2025-11-25",'
      .. '"capabilities":{},"clientInfo":{"name":"load","version":"1"}', {})
  end,
  list = function(id) return modern(id, "tools/list", "") end,
  call = function(id)
    return modern(id, "tools/call", '"name":"query_flamegraph",'
      .. '"arguments":{"service":"shop"},', "query_flamegraph")
  end,
}

local requests, at, pause = {}, 0, 0

-- Before the connections are there, so that asking costs wrk next to nothing.
function init(args)
  pause = tonumber(args[2])
  for id = 1, 2000 do
    local kind = args[3 + id % (#args - 2)]
    requests[id] = kinds[kind](id, args[1])
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function delay() return pause end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "seconds": %f, "p50_ms": %f, "p99_ms": %f, '
      .. '"failed": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, errors.connect + errors.read + errors.write
      + errors.status + errors.timeout))
end
