using System;
using System.Management.Automation;
using PgSecurity.Pipeline;
#if NET8_0_OR_GREATER
using System.Collections.Generic;
using System.Text;
using PgSecurity.Database.Encryption;
using PgSecurity.Errors;
#endif

namespace PgSecurity.Commands;

/// <summary>Opens values that Protect-PgValue protected, with the keys that the caller allows and no others.</summary>
[Cmdlet(VerbsSecurity.Unprotect, "PgValue", DefaultParameterSetName = KeyVaultSet)]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class UnprotectPgValueCommand : EncryptionCmdlet
{
    /// <summary>The key files that are allowed; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path")]
    [SupportsWildcards]
    public string[] Key { get; set; } = Array.Empty<string>();

    /// <summary>The protected value: base64 text or bytes.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? Value { get; set; }

    /// <summary>What identifies the row that it was bound to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Row { get; set; }

#if NET8_0_OR_GREATER
    private readonly List<DataKey> _keys = new();

    /// <inheritdoc/>
    protected override void BeginProcessing() => OrEnd(() =>
    {
        foreach (string path in FilePaths.Resolve(this, Key))
        {
            _keys.Add(KeyFile.Load(path).OpenAsync(Wrapper(mayCreate: false), Stop).GetAwaiter().GetResult());
        }

        return _keys.Count;
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? value = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        if (value is null)
        {
            WriteObject(null);
            return;
        }

        try
        {
            (byte[] opened, ValueKind kind) = ProtectedValue.Unprotect(BytesOf(value), _keys, string.IsNullOrEmpty(Row) ? null : Row);
            WriteObject(kind == ValueKind.Text ? Encoding.UTF8.GetString(opened) : opened);
        }
        catch (EncryptionException failure)
        {
            WriteError(ErrorRecords.ValueDoesNotOpen(failure, failure.Advice));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _keys.ForEach(key => key.Dispose());
        base.Dispose(disposing);
    }

    private static byte[] BytesOf(object value)
    {
        if (value is IndexedValue indexed) value = indexed.Value;
        if (value is byte[] bytes) return bytes;
        try
        {
            return Convert.FromBase64String(value as string ?? "");
        }
        catch (FormatException)
        {
            return Array.Empty<byte>();
        }
    }
#endif
}
