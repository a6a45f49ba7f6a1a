namespace PgSecurity.Core.Policy;

/// <summary>The kinds of field that a rule may name.</summary>
internal enum FieldKind
{
    /// <summary><c>name</c>.</summary>
    Name,

    /// <summary><c>fullName</c>: the names of the parents and its own.</summary>
    FullName,

    /// <summary><c>type</c>.</summary>
    Type,

    /// <summary><c>id</c>.</summary>
    Id,

    /// <summary><c>location</c>, compared without spaces.</summary>
    Location,

    /// <summary><c>kind</c>, <c>identity.type</c>, <c>tags</c> and a tag: members of the resource itself.</summary>
    Root,

    /// <summary>A property alias.</summary>
    Alias,
}
