using System;
using System.Globalization;
using System.IO;

namespace PgSecurity.Core.Reports;

/// <summary>Where a posture came from, taken apart: a file and the line in it. Services and texts are no files.</summary>
internal readonly struct FindingSource
{
    private FindingSource(string path, int line)
    {
        Path = path;
        Line = line;
    }

    /// <summary>The file's path, as it was given.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; 0 where it is not known.</summary>
    public int Line { get; }

    /// <summary>Reads <see cref="Finding.Source"/>: <c>path</c> or <c>path:line</c>; null where it is no file.</summary>
    public static FindingSource? Read(string source)
    {
        if (source.Length == 0 || source.IndexOf("://", StringComparison.Ordinal) >= 0 || source[0] is '<' or '(') return null;
        int colon = source.LastIndexOf(':');
        bool hasLine = colon > 1
            && int.TryParse(source.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int line) && line > 0;
        string path = hasLine ? source.Substring(0, colon) : source;
        return LooksLikeFile(path)
            ? new FindingSource(path, hasLine ? int.Parse(source.Substring(colon + 1), CultureInfo.InvariantCulture) : 0)
            : null;
    }

    /// <summary>The path as a URI: relative with slashes where it is below the root, absolute elsewhere.</summary>
    public (string Uri, bool IsRelative) ToUri(string root)
    {
        string path = Path.Replace('\\', '/');
        string below = root.Replace('\\', '/').TrimEnd('/') + "/";
        if (root.Length > 0 && path.StartsWith(below, IsWindows(root) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            return (Escape(path.Substring(below.Length)), true);
        }

        if (path.StartsWith("/", StringComparison.Ordinal)) return ("file://" + Escape(path), false);
        return path.Length > 1 && path[1] == ':' ? ("file:///" + Escape(path), false) : (Escape(path), true);
    }

    /// <summary>A source for people: a file below the root by its path from there, anything else as it is.</summary>
    public static string Shown(string source, string root)
    {
        string below = root.Replace('\\', '/').TrimEnd('/') + "/";
        StringComparison comparison = IsWindows(root) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return root.Length > 0 && source.Replace('\\', '/').StartsWith(below, comparison) ? source.Substring(below.Length) : source;
    }

    private static bool LooksLikeFile(string path) =>
        path.IndexOfAny(new[] { '\r', '\n', '\0' }) < 0 && path.IndexOfAny(new[] { '.', '/', '\\' }) >= 0;

    private static bool IsWindows(string root) => root.Length > 1 && root[1] == ':';

    private static string Escape(string path)
    {
        string[] parts = path.Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            bool isDrive = i == 0 && parts[i].Length == 2 && parts[i][1] == ':';
            if (!isDrive) parts[i] = Uri.EscapeDataString(parts[i]);
        }

        return string.Join("/", parts);
    }
}
