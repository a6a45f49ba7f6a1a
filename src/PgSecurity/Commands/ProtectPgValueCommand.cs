using System;
using System.Management.Automation;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
#if NET8_0_OR_GREATER
using System.Text;
using PgSecurity.Database.Encryption;
#endif

namespace PgSecurity.Commands;

/// <summary>Protects values so that the server, and whoever reads it, cannot.</summary>
[Cmdlet(VerbsSecurity.Protect, "PgValue", DefaultParameterSetName = KeyVaultSet)]
[OutputType(typeof(string), typeof(byte[]), typeof(IndexedValue))]
public sealed class ProtectPgValueCommand : EncryptionCmdlet
{
    /// <summary>The column's key file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path")]
    public string Key { get; set; } = "";

    /// <summary>The value: text or bytes.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? Value { get; set; }

    /// <summary>What identifies the row.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Row { get; set; }

    /// <summary>Whether bytes are written in place of base64 text.</summary>
    [Parameter]
    public SwitchParameter AsByteArray { get; set; }

    /// <summary>Whether the search index is written too.</summary>
    [Parameter]
    public SwitchParameter WithIndex { get; set; }

#if NET8_0_OR_GREATER
    private DataKey? _key;
    private SearchIndex? _index;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        OrEnd(() =>
        {
            KeyFile file = KeyFile.Load(GetUnresolvedProviderPathFromPSPath(Key));
            IKeyWrapper wrapper = Wrapper(mayCreate: false);
            _key = file.OpenAsync(wrapper, Stop).GetAwaiter().GetResult();
            _index = WithIndex ? file.OpenIndexAsync(wrapper, Stop).GetAwaiter().GetResult() : null;
            return true;
        });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? value = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        if (value is null)
        {
            // That a value is missing shows in any case; an encrypted nothing would be no NULL to the server.
            WriteObject(null);
            return;
        }

        if (value is not (string or byte[]))
        {
            WriteError(ErrorRecords.ArgumentUnfit("ValueUnfit", $"A {value.GetType().FullName} is neither text nor bytes.", null, "Make it text in a form that does not depend on the culture, such as [string]::Format([cultureinfo]::InvariantCulture, '{0}', $x)."));
            return;
        }

        byte[] bytes = value as byte[] ?? Encoding.UTF8.GetBytes((string)value);
        byte[] result = ProtectedValue.Protect(bytes, value is string ? ValueKind.Text : ValueKind.Bytes, _key!, string.IsNullOrEmpty(Row) ? null : Row);
        object output = AsByteArray ? result : Convert.ToBase64String(result);
        if (_index is null) WriteObject(output);
        else WriteObject(new IndexedValue(output, _index.Of(value as string ?? Convert.ToHexString(bytes))));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _key?.Dispose();
            _index?.Dispose();
        }

        base.Dispose(disposing);
    }
#endif
}
