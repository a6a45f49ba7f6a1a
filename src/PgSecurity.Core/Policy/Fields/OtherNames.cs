using System;
using System.Text.Json;

namespace PgSecurity.Core.Policy;

/// <summary>
/// Finds a member whose name differs in case. JSON gives a member's name only as a new string; so names that were seen
/// are remembered, and the same shape of object is looked through again without allocating.
/// </summary>
internal sealed class OtherNames
{
    private const int MaximumRemembered = 32;

    private string[] _others = Array.Empty<string>();
    private string? _same;

    public bool TryGetFolded(JsonElement container, string name, out JsonElement value)
    {
        foreach (JsonProperty member in container.EnumerateObject())
        {
            if (_same is { } same && member.NameEquals(same))
            {
                value = member.Value;
                return true;
            }

            if (IsRemembered(member)) continue;

            string spelling = member.Name;
            if (string.Equals(spelling, name, StringComparison.OrdinalIgnoreCase))
            {
                _same = spelling;
                value = member.Value;
                return true;
            }

            Remember(spelling);
        }

        value = default;
        return false;
    }

    private bool IsRemembered(JsonProperty member)
    {
        foreach (string other in _others)
        {
            if (member.NameEquals(other)) return true;
        }

        return false;
    }

    // Threads may overwrite each other's addition; it is then found and added again.
    private void Remember(string spelling)
    {
        string[] others = _others;
        if (others.Length >= MaximumRemembered) return;
        string[] more = new string[others.Length + 1];
        others.CopyTo(more, 0);
        more[others.Length] = spelling;
        _others = more;
    }
}
