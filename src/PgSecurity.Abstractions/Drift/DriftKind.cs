namespace PgSecurity;

/// <summary>What moved between two looks at a server.</summary>
public enum DriftKind
{
    /// <summary>The server is in the second look only.</summary>
    ServerAdded,

    /// <summary>The server is in the first look only.</summary>
    ServerRemoved,

    /// <summary>A control fails that did not.</summary>
    FindingAppeared,

    /// <summary>A control failed and does not any more.</summary>
    FindingVanished,

    /// <summary>A control came to another outcome, or fails on other evidence.</summary>
    FindingChanged,

    /// <summary>A resource is in the second look only.</summary>
    ResourceAdded,

    /// <summary>A resource is in the first look only.</summary>
    ResourceRemoved,

    /// <summary>A property has another value.</summary>
    PropertyChanged,

    /// <summary>It cannot be told whether something moved, since one look did not see it; never to be read as no change.</summary>
    NotComparable,

    /// <summary>A control fails, or cannot be told, as before, and is set aside now: an exemption was made, the server did not change.</summary>
    ExemptionBegan,

    /// <summary>A control fails, or cannot be told, as before, and is no longer set aside: an exemption expired or was taken away.</summary>
    ExemptionEnded,
}
