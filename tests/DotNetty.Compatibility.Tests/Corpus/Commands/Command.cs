namespace Acme.Commands;

public class Command
{
    public Command(short operation, byte[] body)
    {
        Operation = operation;
        Body = body;
    }

    public short Operation { get; }

    public byte[] Body { get; }
}
