using System;
using System.IO;
using System.Text;

namespace PgSecurity.Core.Exports;

/// <summary>Writes files whole or not at all: whoever reads one while it is written sees the old content or the new.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text in UTF-8 without a mark, in place of the file that may be there.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="IOException"/>.</exception>
    public static void WriteAllText(string path, string text)
    {
        string beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                byte[] bytes = Utf8.GetBytes(text);
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(path)) File.Replace(beside, path, null);
            else File.Move(beside, path);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }
}
