using System;
using System.Management.Automation;
using PgSecurity.Pipeline;
#if NET8_0_OR_GREATER
using System.IO;
using PgSecurity.Database.Encryption;
using PgSecurity.Errors;
#endif

namespace PgSecurity.Commands;

/// <summary>Wraps the keys of columns by another wrapping key, or by a new version of theirs; no value is written anew.</summary>
[Cmdlet(VerbsData.Update, "PgEncryptionKey", DefaultParameterSetName = KeyVaultSet, SupportsShouldProcess = true)]
[OutputType(typeof(EncryptionKey))]
public sealed class UpdatePgEncryptionKeyCommand : EncryptionCmdlet
{
    /// <summary>The key files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>The URI of the Key Vault key that wraps the files now; that of <c>KeyVaultKey</c>, in any version, where it is not given.</summary>
    [Parameter]
    public string? CurrentKeyVaultKey { get; set; }

    /// <summary>The file of the local wrapping key that wraps the files now.</summary>
    [Parameter]
    public string? CurrentLocalKeyFile { get; set; }

#if NET8_0_OR_GREATER
    private IKeyWrapper? _current;
    private IKeyWrapper? _next;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (CurrentKeyVaultKey is not null && CurrentLocalKeyFile is not null)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong("The files are wrapped by one key now, and two are named.", "Give -CurrentKeyVaultKey or -CurrentLocalKeyFile.", CurrentKeyVaultKey));
        }

        if (CurrentKeyVaultKey is null && CurrentLocalKeyFile is null && ParameterSetName == LocalSet)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong("The key that wraps the files now is not named.", "Give -CurrentLocalKeyFile or -CurrentKeyVaultKey.", LocalKeyFile));
        }

        OrEnd(() =>
        {
            _current = CurrentLocalKeyFile is not null ? LocalWrapper(CurrentLocalKeyFile, mayCreate: false) : VaultWrapper(CurrentKeyVaultKey ?? AnyVersion(KeyVaultKey));
            return _next = Wrapper(mayCreate: true);
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in FilePaths.Resolve(this, Path))
        {
            try
            {
                Update(path);
            }
            catch (EncryptionException failure)
            {
                // One broken file does not hold up the others.
                WriteError(ErrorRecords.KeyUnusable(failure, failure.Advice));
            }
        }
    }

    private void Update(string path)
    {
        KeyFile file = KeyFile.Load(path);
        if (!ShouldProcess(path, $"Wrap the key for {file.Column} by {(ParameterSetName == KeyVaultSet ? KeyVaultKey : LocalKeyFile)}, now by {file.Key.WrappingKey}")) return;

        KeyFile wrapped = OrEndWithoutToken(() => file.RewrapAsync(_current!, _next!, Stop).GetAwaiter().GetResult());

        // The old file goes only when the new one has been seen to open.
        OrEndWithoutToken(() => wrapped.OpenAsync(_next!, Stop).GetAwaiter().GetResult()).Dispose();
        Replace(path, wrapped);
        WriteObject(EncryptionKeys.Show(wrapped, path));
    }

    private void Replace(string path, KeyFile file)
    {
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write))
            using (StreamWriter writer = new(stream))
            {
                writer.Write(file.ToJson());
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            ThrowTerminatingError(ErrorRecords.OutputNotWritable(path, cause));
        }
    }

    /// <summary>The same key without its version: whatever version a file was wrapped by, it unwraps.</summary>
    private static string AnyVersion(string key)
    {
        if (!Uri.TryCreate(key, UriKind.Absolute, out Uri? uri)) return key;
        string[] parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3 ? $"{uri.GetLeftPart(UriPartial.Authority)}/{parts[0]}/{parts[1]}" : key;
    }
#endif
}
