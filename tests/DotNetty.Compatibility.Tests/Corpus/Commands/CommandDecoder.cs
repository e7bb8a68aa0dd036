using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Commands;

/// <summary>Magic (2) | operation (2) | length of body (4) | body | checksum (1).</summary>
public class CommandDecoder : ByteToMessageDecoder
{
    public const ushort Magic = 0xA55A;
    private const int HeaderLength = 8;
    private const int MaxBody = 1024;

    protected override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        if (input.ReadableBytes < HeaderLength)
        {
            return;
        }

        input.MarkReaderIndex();
        ushort magic = input.ReadUnsignedShort();
        if (magic != Magic)
        {
            input.SkipBytes(input.ReadableBytes);
            throw new CorruptedFrameException("Bad magic: 0x" + magic.ToString("X4"));
        }

        short operation = input.ReadShort();
        int length = input.ReadInt();
        if (length < 0 || length > MaxBody)
        {
            input.Clear();
            throw new TooLongFrameException("Body of " + length + " bytes");
        }

        if (!input.IsReadable(length + 1))
        {
            input.ResetReaderIndex();
            return;
        }

        var body = new byte[length];
        input.ReadBytes(body);
        byte checksum = input.ReadByte();
        if (checksum != Checksum(body))
        {
            throw new CorruptedFrameException("Bad checksum");
        }

        output.Add(new Command(operation, body));
    }

    public static byte Checksum(byte[] body)
    {
        int sum = 0;
        foreach (byte b in body)
        {
            sum += b;
        }

        return (byte)sum;
    }
}
