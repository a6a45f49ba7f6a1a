using System;
using System.IO;
using System.Management.Automation;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
#if NET8_0_OR_GREATER
using PgSecurity.Database.Encryption;
#endif

namespace PgSecurity.Commands;

/// <summary>Makes the key of a column, wrapped by a key of Key Vault, and writes its file.</summary>
[Cmdlet(VerbsCommon.New, "PgEncryptionKey", DefaultParameterSetName = KeyVaultSet, SupportsShouldProcess = true)]
[OutputType(typeof(EncryptionKey))]
public sealed class NewPgEncryptionKeyCommand : EncryptionCmdlet
{
    /// <summary>The column's stable logical name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Column { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string OutputPath { get; set; } = "";

    /// <summary>The bits of a search index; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, 64)]
    public int IndexBits { get; set; }

#if NET8_0_OR_GREATER
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string path = GetUnresolvedProviderPathFromPSPath(OutputPath);
        if (IndexBits is > 0 and < SearchIndex.FewestBits) ThrowTerminatingError(ErrorRecords.ArgumentUnfit("IndexBitsUnfit", "A search index has 4 to 64 bits.", IndexBits, "Take about half of the bits that the number of distinct values needs."));

        // A key that is written over takes every value with it.
        if (File.Exists(path)) ThrowTerminatingError(ErrorRecords.KeyFileExists(path));
        if (!ShouldProcess(path, $"Write a new key for {Column}")) return;
        if (IndexBits > 0) WriteWarning("A search index tells which rows may hold equal values. Do not use it for columns with few distinct values.");
        KeyFile file = OrEnd(() => KeyFile.CreateAsync(Column, Wrapper(mayCreate: true), IndexBits, DateTimeOffset.UtcNow, Stop).GetAwaiter().GetResult());
        Write(path, file);
        WriteObject(EncryptionKeys.Show(file, path));
    }

    private void Write(string path, KeyFile file)
    {
        try
        {
            using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write);
            using StreamWriter writer = new(stream);
            writer.Write(file.ToJson());
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.OutputNotWritable(path, cause));
        }
    }
#endif
}
