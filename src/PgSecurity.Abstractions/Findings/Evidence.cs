namespace PgSecurity;

/// <summary>One fact that a finding stands on: a resource, a field of it, and what was seen there.</summary>
public sealed class Evidence
{
    /// <summary>Makes a piece of evidence.</summary>
    public Evidence(string resourceId, string field, string observed, string expected)
    {
        ResourceId = resourceId;
        Field = field;
        Observed = observed;
        Expected = expected;
    }

    /// <summary>The id of the resource that was looked at, or that is missing.</summary>
    public string ResourceId { get; }

    /// <summary>The field, as a path or the name of a server parameter; empty where the resource itself is the matter.</summary>
    public string Field { get; }

    /// <summary>What was seen, as text. Never a secret.</summary>
    public string Observed { get; }

    /// <summary>What would have passed, as text.</summary>
    public string Expected { get; }

    /// <summary>The fact as one line: <c>AllowAll startIpAddress: 0.0.0.0 (expected …)</c>.</summary>
    public override string ToString()
    {
        string name = ResourceId.Substring(ResourceId.LastIndexOf('/') + 1);
        string fact = Field.Length == 0 ? Observed : $"{Field}: {Observed}";
        return $"{name} {fact} (expected {Expected})".TrimStart();
    }
}
