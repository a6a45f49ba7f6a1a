using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>One server as it comes together from an input: its body, when it is found, and its children.</summary>
internal sealed class ServerEntry(ServerId id, string source)
{
    private readonly Dictionary<string, List<Resource>> _children = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _complete = new(StringComparer.OrdinalIgnoreCase);

    public ServerId Id { get; } = id;

    public string Source { get; private set; } = source;

    public Resource? Server { get; private set; }

    public IReadOnlyDictionary<string, List<Resource>> Children => _children;

    /// <summary>Takes a body. A whole one is kept before one with a gap, and a later one before an earlier one.</summary>
    public void SetServer(Resource server, string source)
    {
        if (Server is { Gap: null } && server.Gap is not null) return;
        Server = server;
        Source = source;
    }

    /// <summary>Takes a child, or another resource that hangs on this server alone; a later one of the same id replaces an earlier one.</summary>
    public void AddChild(Resource child)
    {
        if (!_children.TryGetValue(child.Type, out List<Resource>? children))
        {
            children = new List<Resource>();
            _children[child.Type] = children;
        }

        children.Add(child);
    }

    /// <summary>Says that a list of that type was seen to its end.</summary>
    public void MarkComplete(string type) => _complete.Add(type);

    public bool IsComplete(string type) => _complete.Contains(type);
}
