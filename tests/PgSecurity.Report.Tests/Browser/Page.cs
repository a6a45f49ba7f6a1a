using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PgSecurity.Report.Tests.Browser;

/// <summary>One page in Chromium, with what it complained of and asked for.</summary>
public sealed class Page
{
    private readonly DevTools _tools;
    private readonly string _session;
    private readonly string _address;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();

    internal Page(DevTools tools, string session, string address)
    {
        _tools = tools;
        _session = session;
        _address = address;
        tools.Happened += (method, parameters, of) => { if (of == session) Note(method, parameters); };
    }

    /// <summary>Errors, exceptions and dialogs.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>What was asked for beside the page itself.</summary>
    public IReadOnlyList<string> Requests => [.. _requests.Where(request => request != _address)];

    public Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => _tools.SendAsync(method, parameters, _session);

    /// <summary>What an expression of JavaScript gives; a promise is waited for.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true, ["userGesture"] = true });
        if (answer["exceptionDetails"] is { } failure) throw new InvalidOperationException(failure.ToJsonString());
        return answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits until an expression is true; what does not come is a failure that says what was there instead.</summary>
    public async Task UntilAsync(string condition, string? otherwise = null)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await EvaluateAsync<bool>($"Boolean({condition})")) return;
            await Task.Delay(50);
        }

        throw new InvalidOperationException($"Never true: {condition}; {(otherwise is null ? "" : await EvaluateAsync<string>($"String({otherwise})"))}");
    }

    /// <summary>Presses a key: the name as in JavaScript's <c>key</c>.</summary>
    public async Task PressAsync(string key, bool control = false)
    {
        int code = key switch
        {
            "Enter" => 13, "Escape" => 27, "Tab" => 9, "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "ArrowDown" => 40, "Home" => 36, "End" => 35, "PageDown" => 34,
            _ => char.ToUpperInvariant(key[0]),
        };
        foreach (string type in (string[])["keyDown", "keyUp"])
        {
            JsonObject press = new() { ["type"] = type, ["key"] = key, ["windowsVirtualKeyCode"] = code, ["modifiers"] = control ? 2 : 0 };
            if (type == "keyDown" && (key.Length == 1 || key == "Enter")) press["text"] = key == "Enter" ? "\r" : key;
            await SendAsync("Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>Types text where the focus is.</summary>
    public Task TypeAsync(string text) => SendAsync("Input.insertText", new JsonObject { ["text"] = text });

    internal async Task OpenAsync(int width, int height, bool isDark, bool runsScripts)
    {
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"]) await SendAsync(domain + ".enable");
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        });
        if (!runsScripts) await SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true });
        await SendAsync("Page.navigate", new JsonObject { ["url"] = _address });
        await UntilAsync("location.protocol === 'file:' && document.readyState === 'complete'");
    }

    private void Note(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Runtime.exceptionThrown":
            case "Page.javascriptDialogOpening":
                _complaints.Enqueue(parameters.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when (string)parameters["type"]! is "error" or "warning" or "assert":
                _complaints.Enqueue(parameters.ToJsonString());
                break;
            case "Log.entryAdded" when (string)parameters["entry"]!["level"]! is "error" or "warning":
                _complaints.Enqueue(parameters["entry"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                _requests.Enqueue((string)parameters["request"]!["url"]!);
                break;
        }
    }
}
