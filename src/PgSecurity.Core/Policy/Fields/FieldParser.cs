using System;
using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>Reads the name of a field. The one place where an alias becomes a path.</summary>
internal static class FieldParser
{
    private const string Valid =
        "valid are name, fullName, kind, type, location, id, identity.type, identity.userAssignedIdentities, tags, tags['name'], and aliases "
        + "such as Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess";

    private static readonly Dictionary<string, PathOrigin> Origins = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = PathOrigin.Root,
        ["id"] = PathOrigin.Root,
        ["type"] = PathOrigin.PropertiesThenRoot,
        ["sku"] = PathOrigin.RootThenProperties,
        ["identity"] = PathOrigin.RootThenProperties,
        ["kind"] = PathOrigin.RootThenProperties,
        ["location"] = PathOrigin.RootThenProperties,
        ["tags"] = PathOrigin.RootThenProperties,
        ["zones"] = PathOrigin.RootThenProperties,
        ["managedBy"] = PathOrigin.RootThenProperties,
        ["plan"] = PathOrigin.RootThenProperties,
        ["systemData"] = PathOrigin.RootThenProperties,
    };

    /// <summary>Reads a field's name; where it is none, says what would be.</summary>
    public static bool TryParse(string text, ICollection<string>? otherTypes, out Field? field, out string error)
    {
        error = "";
        field = text.ToLowerInvariant() switch
        {
            "name" => Plain(FieldKind.Name, text),
            "fullname" => Plain(FieldKind.FullName, text),
            "type" => Plain(FieldKind.Type, text),
            "id" => Plain(FieldKind.Id, text),
            "location" => Root(FieldKind.Location, text, "location"),
            "kind" => Root(FieldKind.Root, text, "kind"),
            "identity" => Root(FieldKind.Root, text, "identity"),
            "identity.type" => Root(FieldKind.Root, text, "identity", "type"),
            "identity.userassignedidentities" => Root(FieldKind.Root, text, "identity", "userAssignedIdentities"),
            "tags" => Root(FieldKind.Root, text, "tags"),
            _ => null,
        };
        if (field is not null) return true;

        if (text.StartsWith("tags", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[4] is '.' or '[')
        {
            return TryParseTag(text, out field, out error);
        }

        if (text.IndexOf("/", StringComparison.Ordinal) >= 0) return TryParseAlias(text, otherTypes, out field, out error);
        error = $"there is no field '{text}'; {Valid}";
        return false;
    }

    private static Field Plain(FieldKind kind, string text) => new(kind, text, "", PathOrigin.Root, []);

    private static Field Root(FieldKind kind, string text, params string[] names)
    {
        PathSegment[] segments = new PathSegment[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            segments[i] = new PathSegment(names[i], each: false, string.Join(".", names, 0, i + 1));
        }

        return new Field(kind, text, "", PathOrigin.Root, segments);
    }

    /// <summary><c>tags.name</c>, <c>tags[name]</c>, <c>tags['name']</c> and <c>tags['''name''']</c>.</summary>
    private static bool TryParseTag(string text, out Field? field, out string error)
    {
        field = null;
        error = $"'{text}' is not a tag; expected tags['name'], tags[name] or tags.name";
        string name = text.Substring(5);
        if (text[4] == '[')
        {
            if (name[name.Length - 1] != ']') return false;
            name = name.Substring(0, name.Length - 1);

            // tags[] comes of a parameter whose default is empty: a tag that nothing has.
            if (name.Length > 0 && name[0] == '\'')
            {
                if (name.Length < 3 || name[name.Length - 1] != '\'') return false;
                name = name.Substring(1, name.Length - 2).Split(["''"], StringSplitOptions.None) is var parts
                    ? string.Join("'", parts)
                    : name;
            }
        }

        if (name.Length == 0 && text[4] == '.') return false;
        error = "";
        field = Root(FieldKind.Root, text, "tags", name);
        return true;
    }

    private static bool TryParseAlias(string text, ICollection<string>? otherTypes, out Field? field, out string error)
    {
        field = null;
        int slash = text.LastIndexOf("/", StringComparison.Ordinal);
        string type = text.Substring(0, slash);
        bool isKnown = FacetTypes.IsKnown(type);
        if (!isKnown && otherTypes?.Contains(type) != true)
        {
            error = $"the alias '{text}' is of the resource type '{type}', which a posture does not hold; known types are "
                + string.Join(", ", FacetTypes.All);
            return false;
        }

        string path = text.Substring(slash + 1);
        if (!TryParsePath(path, out PathSegment[] segments))
        {
            error = $"'{text}' is not an alias: expected names with '.' between, each with '[*]' after it or not, "
                + "behind the resource type and '/'";
            return false;
        }

        error = "";
        PathOrigin origin = Origins.TryGetValue(segments[0].Name, out PathOrigin special) ? special : PathOrigin.Properties;
        field = new Field(FieldKind.Alias, text, isKnown ? FacetTypes.Normalize(type) : type, origin, segments);
        return true;
    }

    private static bool TryParsePath(string path, out PathSegment[] segments)
    {
        string[] names = path.Split('.');
        string root = Origins.ContainsKey(names[0]) ? "" : "properties.";
        segments = new PathSegment[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            bool each = name.EndsWith("[*]", StringComparison.Ordinal);
            if (each) name = name.Substring(0, name.Length - 3);
            if (name.Length == 0 || name.IndexOfAny(['[', ']', '*', ' ', '\'']) >= 0) return false;

            segments[i] = new PathSegment(name, each, root + string.Join(".", names, 0, i + 1));
        }

        return true;
    }
}
