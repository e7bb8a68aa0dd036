namespace Acme.Requests;

public class Response
{
    public int Id { get; set; }

    public bool Failed { get; set; }

    public string Text { get; set; } = "";
}
