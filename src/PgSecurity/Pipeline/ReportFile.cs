using System;
using System.IO;

namespace PgSecurity.Pipeline;

/// <summary>
/// A file that is there whole or not at all: written beside its place under another name, moved there when it is complete.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _isMoved;

    /// <summary>Begins the file.</summary>
    /// <exception cref="IOException">It cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public ReportFile(string path)
    {
        _path = path;
        _temporary = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024);
    }

    /// <summary>What is written to.</summary>
    public Stream Stream { get; }

    /// <summary>Puts the file in its place, over one that is there.</summary>
    public void Move()
    {
        Stream.Dispose();
        if (File.Exists(_path)) File.Replace(_temporary, _path, null);
        else File.Move(_temporary, _path);
        _isMoved = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_isMoved) File.Delete(_temporary);
    }
}
