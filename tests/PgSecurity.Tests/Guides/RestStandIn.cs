using System;
using System.Collections;
using System.IO;
using System.Net;
using System.Net.Http;

namespace PgSecurity.Tests.Guides;

/// <summary>What <c>Invoke-RestMethod</c> does of what the runbooks ask of it: the engine package does not have that cmdlet.</summary>
public static class RestStandIn
{
    private static readonly HttpClient Client = new();

    /// <summary>The function that takes the cmdlet's place.</summary>
    internal const string Script = """
        function Invoke-RestMethod { param([string] $Uri, [string] $Method = 'Get', [Collections.IDictionary] $Headers = @{}, [byte[]] $Body, [string] $InFile, [string] $OutFile, [string] $ContentType)
            try { $text = [PgSecurity.Tests.Guides.RestStandIn]::Send($Uri, $Method, $Headers, $Body, $InFile, $OutFile, $ContentType) }
            catch { throw $_.Exception.InnerException }
            if ($text) { [PgSecurity.Tests.JsonObjects]::Read($text) } }
        function ConvertTo-Json { param([int] $Depth = 2, [switch] $Compress, [Parameter(ValueFromPipeline)] $InputObject) process { [PgSecurity.Tests.JsonObjects]::Write($InputObject, $Depth) } }
        """;

    /// <summary>Sends a request; gives the text of the answer, or writes it to a file.</summary>
    /// <exception cref="RestFailure">The answer is no success.</exception>
    public static string? Send(string uri, string method, IDictionary headers, byte[]? body, string? inFile, string? outFile, string? contentType)
    {
        using HttpRequestMessage request = new(new HttpMethod(method.ToUpperInvariant()), uri);
        foreach (DictionaryEntry header in headers) request.Headers.TryAddWithoutValidation((string)header.Key, (string)header.Value!);
        byte[]? content = string.IsNullOrEmpty(inFile) ? body : File.ReadAllBytes(inFile);
        if (content is not null)
        {
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using HttpResponseMessage answer = Client.Send(request);
        if (!answer.IsSuccessStatusCode) throw new RestFailure(answer.StatusCode, uri);
        byte[] read = answer.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        if (string.IsNullOrEmpty(outFile)) return System.Text.Encoding.UTF8.GetString(read);
        File.WriteAllBytes(outFile, read);
        return null;
    }
}

/// <summary>An answer that is no success, in the shape of the cmdlet's own exception.</summary>
public sealed class RestFailure(HttpStatusCode status, string uri) : Exception($"{(int)status} from {uri}")
{
    /// <summary>The answer.</summary>
    public RestAnswer Response { get; } = new(status);
}

/// <summary>What the cmdlet's exception says of the answer.</summary>
public sealed record RestAnswer(HttpStatusCode StatusCode);
