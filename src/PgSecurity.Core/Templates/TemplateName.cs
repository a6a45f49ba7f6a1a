using System;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Templates;

/// <summary>
/// A resource's full type and name, as they stand in a template in many ways: a bare type under its parent, a name with
/// the parents' names before it, an extension written into the type (<c>…/providers/diagnosticSettings</c>).
/// </summary>
/// <param name="Type">The full type, such as <c>Microsoft.DBforPostgreSQL/flexibleServers/firewallRules</c>.</param>
/// <param name="Name">The names of its parents and its own, separated by slashes.</param>
internal sealed record TemplateName(string Type, string Name)
{
    private const string Providers = "/providers/";

    /// <summary>The own name, without those of its parents.</summary>
    public string Own => Name.Substring(Name.LastIndexOf('/') + 1);

    /// <summary>Joins what is written inside a parent to the parent's own.</summary>
    public static TemplateName Of(string type, string name, TemplateName? parent)
    {
        bool full = IsFull(type);
        if (parent is null) return new TemplateName(type, name);

        // A full type inside a parent is a child of it only where it says so; else it stands there by itself.
        if (full && !type.StartsWith(parent.Type + "/", StringComparison.OrdinalIgnoreCase)) return new TemplateName(type, name);

        string joined = full ? type : parent.Type + "/" + type;
        bool named = name.StartsWith(parent.Name + "/", StringComparison.OrdinalIgnoreCase);
        return new TemplateName(joined, named ? name : parent.Name + "/" + name);
    }

    /// <summary>The id under a scope; null where type and name do not fit together.</summary>
    public string? IdUnder(string scope)
    {
        int extension = Type.IndexOf(Providers, StringComparison.OrdinalIgnoreCase);
        if (extension < 0) return Path(scope, Type, Name);

        // <parent type>/providers/<type> is named <parent names>/<provider>/<name>.
        string parentType = Type.Substring(0, extension);
        string ownType = Type.Substring(extension + Providers.Length);
        string[] names = Name.Split('/');
        int parents = parentType.Split('/').Length - 1;
        if (names.Length < parents + 2) return null;

        string? parent = Path(scope, parentType, string.Join("/", names.Take(parents)));
        return parent is null ? null : Path(parent, names[parents] + "/" + ownType, string.Join("/", names.Skip(parents + 1)));
    }

    /// <summary>A full type begins with the name of a provider, which has a dot.</summary>
    private static bool IsFull(string type)
    {
        string first = type.Split('/')[0];
        return first.IndexOf(".", StringComparison.Ordinal) > 0 && type.Length > first.Length;
    }

    private static string? Path(string scope, string type, string name)
    {
        string[] types = type.Split('/');
        string[] names = name.Split('/');
        if (types.Length != names.Length + 1) return null;
        StringBuilder id = new(scope.TrimEnd('/'));
        id.Append(Providers).Append(types[0]);
        for (int index = 0; index < names.Length; index++)
        {
            if (names[index].Length == 0) return null;
            id.Append('/').Append(types[index + 1]).Append('/').Append(names[index]);
        }

        return id.ToString();
    }
}
