using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Controls;

/// <summary>A file that is not what docs/control-format.md says; <see cref="Errors"/> names every fault in it.</summary>
public sealed class ControlFormatException : Exception
{
    /// <summary>Makes the exception of at least one error.</summary>
    public ControlFormatException(IReadOnlyList<ControlError> errors)
        : base(string.Join(Environment.NewLine, errors.Select(error => error.ToString()))) => Errors = errors;

    /// <summary>What is wrong, one entry a fault.</summary>
    public IReadOnlyList<ControlError> Errors { get; }
}
