using System.Buffers;
using DotNetty.Buffers;

namespace DotNetty.Codecs;

/// <summary>
/// Cuts a stream where delimiters stand. The delimiter that is complete first ends the frame, and of several complete at once the longest: so
/// frames are the same however the stream comes in pieces. A byte is searched once; of a frame that is too long no more is kept than may be
/// the beginning of a delimiter.
/// </summary>
internal sealed class DelimitedFrames
{
    private readonly byte[][] _delimiters;
    private readonly SearchValues<byte> _lastBytes;
    private readonly int _maxFrameLength;
    private readonly bool _stripDelimiter;
    private readonly bool _failFast;
    private int _searched;
    private long _dropped;
    private bool _discarding;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrameLength"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">There is no delimiter, or an empty one.</exception>
    public DelimitedFrames(int maxFrameLength, bool stripDelimiter, bool failFast, IEnumerable<byte[]> delimiters)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFrameLength);
        _maxFrameLength = maxFrameLength;
        _stripDelimiter = stripDelimiter;
        _failFast = failFast;
        _delimiters = [.. delimiters.OrderByDescending(static delimiter => delimiter.Length)];
        if (_delimiters.Length == 0 || _delimiters[^1].Length == 0)
        {
            throw new ArgumentException("Frames end with at least one delimiter of at least one byte.", nameof(delimiters));
        }

        _lastBytes = SearchValues.Create([.. _delimiters.Select(static delimiter => delimiter[^1])]);
    }

    /// <summary>Bytes looked at so far.</summary>
    internal long Examined { get; private set; }

    /// <summary>The next frame, retained and taken off the input; null where it is not there whole, or was too long.</summary>
    /// <exception cref="TooLongFrameException">The frame is longer than allowed. It is said once.</exception>
    public IByteBuffer? Next(IByteBuffer input)
    {
        int delimiter = Search(input);
        if (delimiter == 0)
        {
            DropIfTooLong(input);
            return null;
        }

        int length = _searched - delimiter;
        _searched = 0;
        if (_discarding || length > _maxFrameLength)
        {
            SkipTooLong(input, length, delimiter);
            return null;
        }

        IByteBuffer frame = input.RetainedSlice(input.ReaderIndex, _stripDelimiter ? length : length + delimiter);
        input.SkipBytes(length + delimiter);
        return frame;
    }

    /// <summary>The length of the delimiter that ends at <see cref="_searched"/>; 0 when there is none, and all has been searched.</summary>
    private int Search(IByteBuffer input)
    {
        int readable = input.ReadableBytes;
        if (_searched > readable)
        {
            // A subclass has taken bytes itself.
            _searched = 0;
        }

        return input.IsContiguous ? SearchSpan(input.ReadableSpan) : SearchPieces(input, readable);
    }

    private int SearchSpan(ReadOnlySpan<byte> bytes)
    {
        while (Advance(bytes[_searched..]))
        {
            ReadOnlySpan<byte> searched = bytes[.._searched];
            foreach (byte[] delimiter in _delimiters)
            {
                if (searched.EndsWith(delimiter))
                {
                    return delimiter.Length;
                }
            }
        }

        return 0;
    }

    private int SearchPieces(IByteBuffer input, int readable)
    {
        while (_searched < readable)
        {
            if (!Advance(Pieces.At(input, input.ReaderIndex + _searched)))
            {
                continue;
            }

            foreach (byte[] delimiter in _delimiters)
            {
                if (_searched >= delimiter.Length && Pieces.Match(input, input.ReaderIndex + _searched - delimiter.Length, delimiter))
                {
                    return delimiter.Length;
                }
            }
        }

        return 0;
    }

    /// <summary>Moves on behind the next byte that may be the last of a delimiter.</summary>
    private bool Advance(ReadOnlySpan<byte> unseen)
    {
        int index = unseen.IndexOfAny(_lastBytes);
        int looked = index < 0 ? unseen.Length : index + 1;
        _searched += looked;
        Examined += looked;
        return index >= 0;
    }

    private void DropIfTooLong(IByteBuffer input)
    {
        int tooMany = input.ReadableBytes - _maxFrameLength;
        if (!_discarding && tooMany <= 0)
        {
            return;
        }

        // A delimiter that has begun soon enough may still leave the frame short enough.
        int begun = LengthBegun(input);
        if (!_discarding && begun >= tooMany)
        {
            return;
        }

        bool isNew = !_discarding;
        _discarding = true;
        _searched = begun;
        _dropped += input.ReadableBytes - begun;
        input.SkipBytes(input.ReadableBytes - begun);
        if (isNew && _failFast)
        {
            throw new TooLongFrameException($"A frame of more than {_maxFrameLength} bytes exceeds that maximum; it is skipped.");
        }
    }

    /// <summary>How many of the last bytes are the beginning of a delimiter.</summary>
    private int LengthBegun(IByteBuffer input)
    {
        for (int length = Math.Min(_delimiters[0].Length - 1, input.ReadableBytes); length > 0; length--)
        {
            foreach (byte[] delimiter in _delimiters)
            {
                if (length < delimiter.Length && Pieces.Match(input, input.WriterIndex - length, delimiter.AsSpan(0, length)))
                {
                    return length;
                }
            }
        }

        return 0;
    }

    private void SkipTooLong(IByteBuffer input, int length, int delimiter)
    {
        input.SkipBytes(length + delimiter);
        long frameLength = _dropped + length;
        bool wasSaid = _discarding && _failFast;
        _dropped = 0;
        _discarding = false;
        if (!wasSaid)
        {
            throw new TooLongFrameException($"A frame of {frameLength} bytes exceeds the maximum of {_maxFrameLength}; it was skipped.");
        }
    }
}
