using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>Infrastructure written in a language that is not read, and what to give in its place.</summary>
internal static class SourceLanguage
{
    private const string TerraformAdvice =
        "Deploy it to a test subscription and audit that (Connect-PgSecurity), or export the resource group as an ARM template.";

    private static readonly Dictionary<string, (string Reason, string Advice)> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".bicep"] = ("it is Bicep, and JSON is what is read", "Compile it first: az bicep build --file <file>, or bicep build <file>."),
        [".bicepparam"] = ("it is a Bicep parameters file, and JSON is what is read", "Build it beside the template: bicep build-params <file>."),
        [".tf"] = ("it is Terraform, which is not read", TerraformAdvice),
    };

    /// <summary>The error for a file by its extension; null where it may be JSON.</summary>
    public static InputError? Refuse(string path) =>
        File.Exists(path) && ByExtension.TryGetValue(Path.GetExtension(path), out (string Reason, string Advice) language)
            ? new InputError(path, 0, null, language.Reason, language.Advice)
            : null;

    /// <summary>The error for a document that Terraform wrote as JSON, a plan or a state; null for any other.</summary>
    public static InputError? Refuse(JsonElement document, string file, long line) =>
        ArmJson.Text(document, "terraform_version") is null
            ? null
            : new InputError(file, line, null, "it is a plan or a state of Terraform, which is not read", TerraformAdvice);
}
