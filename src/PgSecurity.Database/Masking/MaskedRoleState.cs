using System.Collections.Generic;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>A role as far as masks concern it.</summary>
public sealed class MaskedRoleState
{
    private readonly bool _bypassesRowSecurity;
    private readonly string _members;
    private readonly string _memberOf;
    private readonly long _owned;
    private readonly long _writable;

    internal MaskedRoleState(string role, bool isSuperuser, bool bypassesRowSecurity, string? label, bool isTransparent, string members, string memberOf, long owned, long writable)
    {
        Role = role;
        IsSuperuser = isSuperuser;
        _bypassesRowSecurity = bypassesRowSecurity;
        Label = label;
        IsTransparent = isTransparent;
        _members = members;
        _memberOf = memberOf;
        _owned = owned;
        _writable = writable;
    }

    /// <summary>The role.</summary>
    public string Role { get; }

    /// <summary>Its anon label; null for none.</summary>
    public string? Label { get; }

    /// <summary>Whether the label masks it.</summary>
    public bool IsMasked => Label is not null && Label.TrimStart().StartsWith("MASKED", System.StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether transparent masking is on for it when it logs in.</summary>
    public bool IsTransparent { get; }

    internal bool IsSuperuser { get; }

    /// <summary>The label's statement.</summary>
    internal string LabelStatement(string? label) => $"security label for anon on role {SqlName.Quote(Role)} is {(label is null ? "null" : SqlName.Literal(label).Trim())}";

    /// <summary>Ways round the mask, in words.</summary>
    internal IEnumerable<string> WaysRound()
    {
        if (_members.Length > 0) yield return $"NOT MASKED: {_members}, members of {Role} without a label of their own; anon looks at the role itself only";
        if (_memberOf.Length > 0) yield return $"{Role} is a member of {_memberOf} and can SET ROLE to it, which the mask does not follow";
        if (_owned > 0) yield return $"{Role} owns {_owned} relations";
        if (_writable > 0) yield return $"{Role} may write to {_writable} tables: a write with a condition or RETURNING tells what a value is";
        if (_bypassesRowSecurity) yield return $"{Role} has BYPASSRLS";
    }
}
